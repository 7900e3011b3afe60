import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `EmbeddingBag` of tensorflow-addons: the sum, weighted if there is a second input, or the mean of the rows of a table.
///
/// Weights: embeddings `(input_dim, output_dim)`.
struct EmbeddingBagLayer: KerasLayer {
    static let classNames = ["Addons>EmbeddingBag"]

    static let support = LayerSupport(
        package: "tensorflow-addons", .keras2 ... .keras2, "sums, weighted sums and means")

    private let embedding: EmbeddingLayer
    private let combiner: Reduce.Kind

    init(config: LayerConfig, context: LayerContext) throws {
        embedding = try EmbeddingLayer(config: config, context: context)
        switch try config.string("combiner", default: "sum").lowercased() {
        case "sum": combiner = .sum
        case "mean": combiner = .mean
        case let name:
            throw Problem(.invalidField("combiner", value: name, expected: "sum or mean"))
        }
    }

    var acceptsIntegers: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        try embedding.weightSpecs(for: inputs)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        var inner = call
        inner.inputs = Array(call.inputs.prefix(1))
        var rows = try embedding.build(inner, in: builder).only()
        let axis = builder.shape(of: rows).rank - 2
        if let factors = call.keywords["weights"]?.tensors.first ?? call.inputs.dropFirst().first {
            rows = try builder.multiply(
                rows, builder.expandDimension(builder.floating(factors), at: axis + 1))
        }
        return [try builder.reduce(combiner, rows, axes: [axis])]
    }
}
