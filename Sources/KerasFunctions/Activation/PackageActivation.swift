import GraphIR
import Problems
import Tensors

/// An activation that another package registers under a name: `Addons>lisht`.
package struct PackageActivation: Sendable {
    private let build: @Sendable (ValueID, GraphBuilder) throws -> ValueID

    /// The activation of a name; nil for a name that is not known.
    package init?(named name: String) {
        guard let build = Self.functions[name] else { return nil }
        self.build = build
    }

    /// The function of each element of x, or along its last axis.
    package func apply(to x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try build(x, builder)
    }

    /// The names with their packages.
    package static var names: [String] { functions.keys.sorted() }

    private static let functions: [String: @Sendable (ValueID, GraphBuilder) throws -> ValueID] = [
        "Addons>gelu": { try $1.add(.gelu(GELU(approximate: true)), [$0]) },
        "Addons>hardshrink": { try $1.hardShrink($0) },
        "Addons>lisht": { try $1.multiply($0, $1.unary(.tanh, $0)) },
        "Addons>mish": { try $1.mish($0) },
        "Addons>rrelu": { try $1.add(.leakyReLU(LeakyReLU(alpha: 11.0 / 48)), [$0]) },
        "Addons>snake": { try $1.snake($0, frequency: 1) },
        "Addons>softshrink": { try $1.subtract($0, $1.clamp($0, from: -0.5, to: 0.5)) },
        "Addons>sparsemax": { try $1.simplexProjection($0, axis: $1.shape(of: $0).rank - 1) },
        "Addons>tanhshrink": { try $1.subtract($0, $1.unary(.tanh, $0)) },
        "kecamCommon>hard_sigmoid_torch": { try $1.clippedLine($0, slope: 1.0 / 6, offset: 0.5) },
        "kecamCommon>hard_swish": { try $1.unary(.hardSwish, $0) },
        "kecamCommon>mish": { try $1.mish($0) },
        // larq states no package.
        "leaky_tanh": { x, builder in
            let beyond = try builder.subtract(x, builder.clamp(x, from: -1, to: 1))
            return try builder.subtract(x, builder.binary(.multiply, beyond, 0.8))
        },
        "kecamCommon>phish": {
            try $1.multiply($0, $1.unary(.tanh, $1.add(.gelu(GELU(approximate: false)), [$0])))
        },
    ]
}
