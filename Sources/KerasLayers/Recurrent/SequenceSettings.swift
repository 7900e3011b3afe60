import Foundations
import KerasFormat
import KerasFunctions
import Problems

/// How a recurrent layer runs through its sequence.
struct SequenceSettings: Sendable {
    /// Whether the output is that of every step instead of the last one.
    var returnsSequences: Bool
    /// Whether the last states are further outputs.
    var returnsStates: Bool
    /// Whether the last step comes first; the output stays in this order.
    var goesBackwards: Bool
    /// Whether the states start with what the run before left.
    var isStateful: Bool
    /// Whether time is the first axis, not the second.
    var isTimeMajor: Bool
    /// Whether the output of a masked step is zero instead of that of the step before.
    var zeroesMaskedOutputs: Bool

    init(config: LayerConfig) throws {
        returnsSequences = try config.bool("return_sequences", default: false)
        returnsStates = try config.bool("return_state", default: false)
        goesBackwards = try config.bool("go_backwards", default: false)
        isStateful = try config.bool("stateful", default: false)
        isTimeMajor = try config.bool("time_major", default: false)
        zeroesMaskedOutputs = try config.bool("zero_output_for_mask", default: false)
    }
}

extension LayerContext {
    /// The activation of gates in files that do not state it.
    var gateActivation: KerasActivation {
        switch generation {
        case .keras1: .hardSigmoid
        case .keras2: version.precedes(2, 3) ? .hardSigmoid : .sigmoid
        default: .sigmoid
        }
    }
}

extension LayerConfig {
    /// What a field asks for; `standard` if the file has no such field, the identity if it is null.
    func activation(
        _ context: LayerContext, field: String = "activation", default standard: KerasActivation
    ) throws -> LayerActivation {
        guard let value = object[field] else { return .function(standard) }
        return try LayerConfig(JSONObject([("activation", value)])).activation(context)
    }
}
