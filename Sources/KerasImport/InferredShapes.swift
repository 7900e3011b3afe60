import KerasFormat
import KerasWeights
import Tensors

/// The shapes that the weights of first layers tell of inputs whose shape no file states.
enum InferredShapes {
    /// The shape of each such input by the input's name, with everything free but the last axis.
    ///
    /// A Sequential that was never built states none. Of convolutions, dense and recurrent layers the kernel tells the
    /// features of the input; for more a caller has to name the shape.
    static func shapes(of model: ModelDescription, _ weights: StoredWeights) throws -> [String:
        Shape]
    {
        guard model.kind == .sequential, model.layers.count > 1, model.layers[0].isInput,
            try model.layers[0].config.inputShape() == nil
        else { return [:] }
        let first = model.layers[1]
        guard let kernel = weights.layers.first(where: { $0.name == first.name })?.weights.first,
            let shape = shape(of: first.className, kernel: kernel.shape)
        else { return [:] }
        return [model.layers[0].name: shape]
    }

    private static func shape(of className: String, kernel: Shape) -> Shape? {
        let dims = kernel.dims
        switch className {
        case "Dense" where dims.count == 2: return [Shape.free, dims[0]]
        case "LSTM" where dims.count == 2, "GRU" where dims.count == 2,
            "SimpleRNN" where dims.count == 2:
            return [Shape.free, Shape.free, dims[0]]
        case "Conv1D" where dims.count == 3, "Conv2D" where dims.count == 4,
            "Conv3D" where dims.count == 5:
            let spatial = Array(repeating: Shape.free, count: dims.count - 2)
            return Shape([Shape.free] + spatial + [dims[dims.count - 2]])
        case "Embedding" where dims.count == 2: return [Shape.free, Shape.free]
        default: return nil
        }
    }
}
