import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `ClusterWeights`, and `ClusterWeightsRNN` around recurrent layers: the wrapped layer with each element of its kernels
/// replaced by the nearest centroid.
///
/// Weights: those of the wrapped layer that are not clustered; for each clustered one the array before clustering and the
/// centroids `(k)`, or `(channels, k)` if each channel of a convolution has its own; the indices of the centroids in the
/// extents of the array. Each call computes the indices again, so that the stored ones may be stale.
struct ClusterWeightsLayer: KerasLayer {
    static let classNames = ["ClusterWeights", "ClusterWeightsRNN"]

    static let support = LayerSupport(
        package: "tensorflow-model-optimization", .keras2 ... .keras2,
        "kernels from their centroids, also for each channel")

    private let wrapped: OptimizedLayer
    private let clusters: Int
    private let clustersChannels: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        wrapped = try OptimizedLayer(context)
        clusters = try config.size("number_of_clusters")
        let inner = context.description.wrapped("layer")
        clustersChannels =
            try config.bool("cluster_per_channel", default: false) && inner?.className == "Conv2D"
        if try config.bool("preserve_sparsity", default: false) {
            throw Self.unsupported("preserve_sparsity", "the file does not hold the sparsity mask")
        }
        if inner?.className == "Bidirectional" || inner?.className == "RNN" {
            throw Self.unsupported("cluster_weights", "several cells are in one wrapper")
        }
        if clustersChannels, try inner?.config.dataFormat() == .channelsFirst {
            throw Self.unsupported("cluster_per_channel", "the convolution is channels first")
        }
    }

    private static func unsupported(_ option: String, _ reason: String) -> Problem {
        Problem(
            .unsupported(
                what: "'\(option)' is not supported, because \(reason)",
                remedy: "Save the result of tfmot.clustering.keras.strip_clustering(model)."))
    }

    var acceptsIntegers: Bool { wrapped.layer.acceptsIntegers }

    var passesMask: Bool { wrapped.layer.passesMask }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let specs = try wrapped.layer.weightSpecs(for: inputs)
        let indices = wrapped.indices(in: specs)
        let kept = specs.indices.filter { !indices.contains($0) }.map { specs[$0] }
        return kept.filter(\.isTrainable)
            + indices.flatMap { index in
                let spec = specs[index]
                let dims = clustersChannels ? [spec.shape[-1], clusters] : [clusters]
                return [spec, WeightSpec("cluster_centroids_\(spec.role)", dims: dims)]
            } + kept.filter { !$0.isTrainable }
            + indices.map { index in
                WeightSpec(
                    "pulling_indices_\(specs[index].role)", specs[index].shape, isTrainable: false)
            }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let specs = try wrapped.layer.weightSpecs(for: call.inputs.map { builder.type(of: $0) })
        let indices = wrapped.indices(in: specs)
        var inner = call
        inner.weights = LayerWeights(
            specs,
            try specs.indices.map { index in
                let array = try call.weight(specs[index].role)
                guard indices.contains(index) else { return array }
                return clustered(
                    array, try call.weight("cluster_centroids_\(specs[index].role)"))
            })
        return try wrapped.layer.build(inner, in: builder)
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        try wrapped.layer.outputMask(call, in: builder)
    }

    /// The nearest centroid, the first one of several, for each element; rows of centroids belong to the last axis.
    private func clustered(_ array: Constant, _ centroids: Constant) -> Constant {
        let all = centroids.doubles()
        let channels = all.count / clusters
        let values = array.doubles().enumerated().map { position, value in
            let first = position % channels * clusters
            return all[first..<first + clusters].min { abs($0 - value) < abs($1 - value) } ?? value
        }
        return Constant(values, array.shape)
    }
}
