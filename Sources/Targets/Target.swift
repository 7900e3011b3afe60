import TFLiteFormat
import Tensors

/// What a runtime runs, as data.
///
/// `Legalize` rewrites a graph until every operation fits these limits; writing a node that still exceeds them is an error
/// that names the layer.
package struct Target: Sendable {
    /// The runtime's name.
    package let name: String
    /// The oldest release of the runtime that has to run the file.
    package let release: RuntimeVersion
    /// The operators that the runtime has, with their limits.
    package let operators: [BuiltinOperator: OperatorLimits]

    package init(
        name: String, release: RuntimeVersion, operators: [BuiltinOperator: OperatorLimits]
    ) {
        self.name = name
        self.release = release
        self.operators = operators
    }

    /// The limits of an operator; nil if the target does not have it.
    package subscript(_ builtin: BuiltinOperator) -> OperatorLimits? { operators[builtin] }

    /// Whether the target runs a version of an operator.
    package func runs(_ builtin: BuiltinOperator, version: Int) -> Bool {
        operators[builtin] != nil
            && version <= RuntimeVersion.highestVersion(of: builtin, in: release)
    }

    /// Whether an operator computes with elements of a type.
    package func takes(_ dtype: DType, _ builtin: BuiltinOperator) -> Bool {
        guard let limits = operators[builtin] else { return false }
        return limits.dtypes?.contains(dtype) ?? true
    }
}
