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
    package private(set) var operators: [BuiltinOperator: OperatorLimits]
    /// Whether every extent of a file must be known.
    package var isStatic = false
    /// Whether the runtime looks at the versions of operators.
    package var readsVersions = true
    /// Whether a loop is better than the operators of every step, since each operator takes memory.
    package var favorsLoops = false
    /// Whether the operators are those that this program writes, of more that the target has.
    package var isPartial = false
    /// Whether something else runs what the target does not take, so that a file may have it.
    package var fallsBack = false
    /// Whether everything after the first operator that the target does not take falls back too.
    package var cutsAtFirst = false
    /// Whether an input can be an output as it is.
    package var returnsInputs = false
    /// Whether a tensor can be several outputs.
    package var repeatsOutputs = false
    /// Why the target does not run an operator that is within the limits, in words; nil if there is no such rule.
    package var trap: (@Sendable (OperatorUse) -> String?)?

    package init(
        name: String, release: RuntimeVersion, operators: [BuiltinOperator: OperatorLimits],
        isStatic: Bool = false, readsVersions: Bool = true, favorsLoops: Bool = false,
        isPartial: Bool = false, fallsBack: Bool = false, cutsAtFirst: Bool = false,
        returnsInputs: Bool = false, repeatsOutputs: Bool = false,
        trap: (@Sendable (OperatorUse) -> String?)? = nil
    ) {
        self.name = name
        self.release = release
        self.operators = operators
        self.isStatic = isStatic
        self.readsVersions = readsVersions
        self.favorsLoops = favorsLoops
        self.isPartial = isPartial
        self.fallsBack = fallsBack
        self.cutsAtFirst = cutsAtFirst
        self.returnsInputs = returnsInputs
        self.repeatsOutputs = repeatsOutputs
        self.trap = trap
    }

    /// This target with other operators.
    package func replacingOperators(
        _ operators: [BuiltinOperator: OperatorLimits]
    ) -> Target {
        var target = self
        target.operators = operators
        return target
    }

    /// The limits of an operator; nil if the target does not have it.
    package subscript(_ builtin: BuiltinOperator) -> OperatorLimits? { operators[builtin] }

    /// Whether the target has an operator.
    package func has(_ builtin: BuiltinOperator) -> Bool { operators[builtin] != nil }

    /// Whether the target runs a version of an operator.
    package func runs(_ builtin: BuiltinOperator, version: Int) -> Bool {
        guard let limits = operators[builtin] else { return false }
        return !readsVersions
            || version
                <= limits.version ?? RuntimeVersion.highestVersion(of: builtin, in: release)
    }

    /// Whether an operator computes with elements of a type.
    package func takes(_ dtype: DType, _ builtin: BuiltinOperator) -> Bool {
        guard let limits = operators[builtin] else { return false }
        return limits.dtypes?.contains(dtype) ?? true
    }
}
