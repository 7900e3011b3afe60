import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `QuantizeWrapperV2` and `QuantizeWrapper`: the wrapped layer.
///
/// Training rounded its kernels and results to integers of ranges, which the file holds. `QuantizeAnnotate` is a layer that was
/// marked for that only.
///
/// Weights: those of the wrapped layer; the number of the training step; the ends of the ranges of kernels, of what comes
/// before and after the activation, and of the output, as far as the configuration asks for them.
struct QuantizeWrapperLayer: KerasLayer {
    static let classNames = ["QuantizeWrapperV2", "QuantizeWrapper", "QuantizeAnnotate"]

    static let support = LayerSupport(
        package: "tensorflow-model-optimization", .keras2 ... .keras2,
        "the wrapped layer; quantization to integers takes the ranges of its results")

    private let layer: any KerasLayer
    private let ranges: TrainedRangeRequest?

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try context.wrappedLayer("layer")
        ranges =
            context.description.className == "QuantizeAnnotate"
            ? nil
            : TrainedRangeRequest(
                config["quantize_config"],
                activation: context.description.wrapped("layer")?.config["activation"])
    }

    var acceptsIntegers: Bool { layer.acceptsIntegers }

    var passesMask: Bool { layer.passesMask }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let specs = try layer.weightSpecs(for: inputs)
        guard let ranges else { return specs }
        let kernels = ranges.kernels(among: specs).flatMap { kernel in
            Self.ends(kernel.role).map { role in
                WeightSpec(
                    role, [], or: [[kernel.shape[-1]], [kernel.shape[-2]]], isTrainable: false)
            }
        }
        let results = ranges.results.flatMap(Self.ends).map {
            WeightSpec($0, [], isTrainable: false)
        }
        return specs + [WeightSpec("optimizer_step", [], isTrainable: false)] + kernels + results
    }

    private static func ends(_ role: String) -> [String] { ["\(role)_min", "\(role)_max"] }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let specs = try layer.weightSpecs(for: call.inputs.map { builder.type(of: $0) })
        var inner = call
        var arrays = Array(call.weights.constants.prefix(specs.count))
        for kernel in ranges?.kernels(among: specs) ?? [] {
            guard let index = specs.firstIndex(where: { $0.role == kernel.role }) else { continue }
            let ends = Self.ends(kernel.role)
            arrays[index] = arrays[index].onGrid(
                ranges?.grid(
                    of: arrays[index], from: try call.weight(ends[0]), to: try call.weight(ends[1]))
            )
        }
        inner.weights = LayerWeights(specs, arrays)
        let outputs = try layer.build(inner, in: builder)
        guard let ranges, let output = outputs.first else { return outputs }
        for role in ranges.results {
            let ends = Self.ends(role)
            let range = TrainedRange(try call.weight(ends[0]), try call.weight(ends[1]))
            let value =
                role == "pre_activation" ? builder.graph.producer(of: output)?.inputs.first : output
            if let value { builder.setTrainedRange(range, of: value) }
        }
        return outputs
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        try layer.outputMask(call, in: builder)
    }
}
