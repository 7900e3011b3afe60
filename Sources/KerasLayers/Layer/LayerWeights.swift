import KerasWeights
import Problems
import Tensors

/// The weights of a layer, found by their roles.
package struct LayerWeights: Sendable {
    private let roles: [String]
    /// The arrays in the order of the layer's `weightSpecs`.
    package let constants: [Constant]

    /// The weights that are the arrays of these specs, one each.
    package init(_ specs: [WeightSpec] = [], _ constants: [Constant] = []) {
        self.init(roles: specs.map(\.role), constants)
    }

    private init(roles: [String], _ constants: [Constant]) {
        self.roles = roles
        self.constants = constants
    }

    /// The weight of a role: `kernel`; nil if the layer has none.
    package subscript(role: String) -> Constant? {
        roles.firstIndex(of: role).map { constants[$0] }
    }

    /// The weights at some positions, which are those of a layer inside.
    package subscript(range: some RangeExpression<Int>) -> LayerWeights {
        let range = range.relative(to: roles.indices)
        return LayerWeights(roles: Array(roles[range]), Array(constants[range]))
    }
}
