import Problems
import Tensors

extension WeightAssignment {
    /// The same weights with the kernels that Theano stores reversed turned around.
    ///
    /// Theano convolves where all others correlate, so that its kernels run backwards along their spatial axes.
    func turningTheanoKernels(of layers: LayerInstances) throws -> WeightAssignment {
        var copy = self
        for (path, layer) in layers.layers where layer is any SpatialKernelLayer {
            guard let kernel = weights[path]?.first else { continue }
            copy.weights[path]?[0] = try locating(layer: path.description) {
                try kernel.reversedSpatially()
            }
        }
        return copy
    }
}

/// A layer whose first weight is a kernel `(k…, a, b)` with spatial axes.
protocol SpatialKernelLayer: KerasLayer {}

extension ConvolutionLayer: SpatialKernelLayer {}
extension TransposedConvolutionLayer: SpatialKernelLayer {}

extension Constant {
    /// The elements in reverse order along all axes but the last two.
    fileprivate func reversedSpatially() throws -> Constant {
        let block = shape.dims.suffix(2).reduce(1, *)
        guard shape.rank > 2, block > 0, shape.elementCount < 1 << 28 else {
            throw Problem(.tooLarge(what: "the kernel", value: "\(shape)"))
        }
        let elements = doubles()
        let blocks = stride(from: elements.count - block, through: 0, by: -block)
        return Constant(blocks.flatMap { elements[$0..<$0 + block] }, shape)
    }
}
