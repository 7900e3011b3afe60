import KerasFormat
import KerasWeights

/// A layer inside a wrapper of the package tensorflow-model-optimization that prunes or clusters its kernels.
struct OptimizedLayer: Sendable {
    let layer: any KerasLayer
    /// The roles of the weights that the wrapper changes.
    private let roles: Set<String>

    init(_ context: LayerContext) throws {
        layer = try context.wrappedLayer("layer")
        roles = Self.roles[context.description.wrapped("layer")?.className ?? ""] ?? ["kernel"]
    }

    /// The weights that the wrappers change in classes where these are not the kernel alone.
    private static let roles: [String: Set<String>] = [
        "BatchNormalization": [], "DepthwiseConv2D": [], "Embedding": ["embeddings"],
        "SeparableConv1D": ["pointwise_kernel"], "SeparableConv2D": ["pointwise_kernel"],
        "GRU": ["kernel", "recurrent_kernel"], "LSTM": ["kernel", "recurrent_kernel"],
        "RNN": ["kernel", "recurrent_kernel"], "SimpleRNN": ["kernel", "recurrent_kernel"],
    ]

    /// The positions of the changed weights among those of the layer.
    func indices(in specs: [WeightSpec]) -> [Int] {
        specs.indices.filter { roles.contains(specs[$0].role) }
    }
}
