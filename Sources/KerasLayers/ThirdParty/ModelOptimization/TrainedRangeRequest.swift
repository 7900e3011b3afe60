import Foundations
import GraphIR
import KerasWeights
import Tensors

/// Which ranges a quantization wrapper of tensorflow-model-optimization keeps.
struct TrainedRangeRequest: Sendable {
    /// The attributes of the layer that hold kernels; nil if the configuration does not say it.
    private let kernelRoles: [String]?
    /// The bits of the integers that kernels were rounded to.
    private let kernelBits: Int
    /// The ranges of results, in the order of their weights: `pre_activation`, `post_activation`, `output`.
    let results: [String]

    /// - Parameters:
    ///   - config: the `quantize_config` of the wrapper.
    ///   - activation: the activation of the wrapped layer.
    init(_ config: JSONValue?, activation: JSONValue?) {
        let className = config?["class_name"]?.string ?? "NoOpQuantizeConfig"
        let fields = config?["config"]
        kernelBits = Self.kernelBits(fields)
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

    private static func kernelBits(_ fields: JSONValue?) -> Int {
        fields?["num_bits_weight"]?.int
            ?? fields?["weight_quantizer"]?["config"]?["num_bits"]?.int ?? 8
    }

    /// The steps to which training rounded a kernel with these ends of its range, or of the ranges of channels of its last
    /// or last but one axis; nil for a range that says nothing.
    func grid(of kernel: Constant, from low: Constant, to high: Constant) -> IntegerGrid? {
        let levels = Double(1 << kernelBits - 2)
        let steps = zip(low.doubles(), high.doubles()).map { Double(Float(($1 - $0) / levels)) }
        let rank = kernel.shape.rank
        let axis = [rank - 1, rank - 2].first { $0 >= 0 && kernel.shape.dims[$0] == steps.count }
        guard (2...8).contains(kernelBits) else { return nil }
        return IntegerGrid(
            .training, bits: kernelBits, axes: steps.count == 1 ? nil : axis.map { $0..<$0 + 1 },
            of: kernel.shape, steps: steps)
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
