import GraphIR
import KerasFormat
import Tensors

/// `NetVLAD` of tensorflow-addons: how far vectors are from the centres of clusters, weighted by a softmax over the clusters,
/// summed over time and normalized.
///
/// Weights: cluster_centers `(1, features, clusters)`, the dense layer of the softmax.
struct NetVLADLayer: CompositeLayer {
    static let classNames = ["Addons>NetVLAD"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    let context: LayerContext
    private let clusters: Int

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        clusters = try config.size("num_clusters")
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 3)
        let features = try builder.shape(of: x).knownExtent(2)
        let centers = try call.weight(
            "cluster_centers", dims: [1, features, clusters], isTrainable: true)
        let assign = try call.layer(
            "fc", "Dense",
            ["units": .int(Int64(clusters)), "activation": .string("softmax")])
        let shares = try assign(x)
        let sums = try builder.reduce(.sum, shares, axes: [1], keepDimensions: true)
        let found = try builder.matrixProduct(builder.transpose(x, [0, 2, 1]), shares)
        let residuals = try builder.subtract(found, builder.multiply(sums, centers))
        let flat = try builder.reshape(
            normalized(residuals, builder),
            [builder.extent(0, of: x), .known(checkedProduct(features, clusters, "the result"))])
        return [try normalized(flat, builder)]
    }

    /// x over its norm along axis 1.
    private func normalized(_ x: ValueID, _ builder: GraphBuilder) throws -> ValueID {
        let power = try builder.reduce(
            .sum, builder.multiply(x, x), axes: [1], keepDimensions: true)
        return try builder.multiply(
            x, builder.unary(.rsqrt, builder.binary(.maximum, power, 1e-12)))
    }
}
