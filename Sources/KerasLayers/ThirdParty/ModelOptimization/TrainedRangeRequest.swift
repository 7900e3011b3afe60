import Foundations
import GraphIR
import KerasWeights
import Tensors

/// Which ranges a quantization wrapper of tensorflow-model-optimization keeps.
struct TrainedRangeRequest: Sendable {
    /// The attributes of the layer that hold kernels; nil if the configuration does not say it.
    private let kernelRoles: [String]?
    /// The ranges of results, in the order of their weights: `pre_activation`, `post_activation`, `output`.
    let results: [String]

    /// - Parameters:
    ///   - config: the `quantize_config` of the wrapper.
    ///   - activation: the activation of the wrapped layer.
    init(_ config: JSONValue?, activation: JSONValue?) {
        let className = config?["class_name"]?.string ?? "NoOpQuantizeConfig"
        let fields = config?["config"]
        let roundsOutput = fields?["quantize_output"] == .bool(true)
        let output = roundsOutput || className == "OutputOnlyConfig" ? ["output"] : []
        switch className {
        case "NoOpQuantizeConfig":
            (kernelRoles, results) = ([], [])
        case "Default8BitActivationQuantizeConfig", "Default8BitOutputQuantizeConfig",
            "OutputOnlyConfig":
            (kernelRoles, results) = ([], output)
        default:
            kernelRoles = fields?["weight_attrs"]?.array?.compactMap(\.string)
            let attributes = fields?["activation_attrs"]?.array
            let roundsActivation = attributes.map { !$0.isEmpty } ?? true
            results = (roundsActivation ? Self.ranges(around: activation) : []) + output
        }
    }

    /// The kernels that have ranges, among the weights of the wrapped layer.
    func kernels(among specs: [WeightSpec]) -> [WeightSpec] {
        specs.filter { kernelRoles?.contains($0.role) ?? $0.role.hasSuffix("kernel") }
    }

    private static func ranges(around activation: JSONValue?) -> [String] {
        guard activation?["class_name"]?.string == "QuantizeAwareActivation",
            let name = activation?["config"]?["activation"]?.string
        else { return [] }
        switch name {
        case "softmax", "sigmoid", "tanh": return ["pre_activation"]
        case "gelu": return ["pre_activation", "post_activation"]
        default: return ["post_activation"]
        }
    }
}

extension TrainedRange {
    /// The range between two stored numbers.
    init(_ low: Constant, _ high: Constant) {
        self.init(low: low.doubles().first ?? 0, high: high.doubles().first ?? 0)
    }
}
