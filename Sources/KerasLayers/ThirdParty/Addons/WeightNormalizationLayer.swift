import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `WeightNormalization`: the wrapped layer with the kernel g · v / ‖v‖, a norm for each element of the last axis.
///
/// Weights: g `(filters)`, v of the extents of the kernel (of the recurrent kernel in recurrent layers), the other weights of
/// the layer, whether g was initialized, and with `data_init` all weights of a copy of the layer, which inference ignores.
struct WeightNormalizationLayer: KerasLayer {
    static let classNames = ["Addons>WeightNormalization"]

    static let support = LayerSupport(
        package: "tensorflow-addons", .keras2 ... .keras2, "kernels from their norms")

    let layer: any KerasLayer
    let keepsCopy: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try context.wrappedLayer("layer")
        keepsCopy = try config.bool("data_init", default: true)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let specs = try layer.weightSpecs(for: inputs)
        let index = try normalizedIndex(in: specs)
        var others = specs
        let direction = others.remove(at: index)
        let copies = keepsCopy ? specs : []
        return [WeightSpec("g", dims: [direction.shape[-1]]), direction] + others
            + [WeightSpec("initialized", dims: [], isTrainable: false)]
            + copies.map { spec in
                var copy = spec
                copy.role = "data_dep_init/\(spec.role)"
                copy.isTrainable = false
                return copy
            }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let specs = try layer.weightSpecs(for: call.inputs.map { builder.type(of: $0) })
        let index = try normalizedIndex(in: specs)
        let arrays = call.weights.constants
        var inner = Array(arrays[2..<specs.count + 1])
        let isInitialized = arrays[specs.count + 1].doubles().first != 0
        if keepsCopy, !isInitialized {
            builder.remark(
                "saved before its first call, which would scale the kernel by its data",
                on: call.inputs)
        }
        let usesScale = isInitialized || keepsCopy
        inner.insert(
            usesScale ? normalized(arrays[1], scale: arrays[0].doubles()) : arrays[1], at: index)
        var wrapped = call
        wrapped.weights = LayerWeights(specs, inner)
        return try layer.build(wrapped, in: builder)
    }

    /// The place of the kernel that is normalized.
    private func normalizedIndex(in specs: [WeightSpec]) throws -> Int {
        let roles = ["recurrent_kernel", "kernel"]
        guard
            let index = roles.lazy.compactMap({ role in specs.firstIndex { $0.role == role } })
                .first
        else {
            throw Problem(
                .unsupported(
                    what: "the layer inside has no kernel",
                    remedy: "Wrap a layer with a kernel, or save the layer after remove()."))
        }
        return index
    }

    /// v with the norms of the last axis' elements set to `scale`.
    private func normalized(_ v: Constant, scale: [Double]) -> Constant {
        let values = v.doubles()
        var powers = [Double](repeating: 0, count: scale.count)
        for (position, value) in values.enumerated() {
            powers[position % scale.count] += value * value
        }
        let factors = zip(scale, powers).map { $0 / max($1, 1e-12).squareRoot() }
        return v.scaled(by: factors, axis: v.shape.rank - 1)
    }
}
