import Tensors

/// Kernels trained with Theano, which convolves where TensorFlow correlates.
enum TheanoKernels {
    /// Reverses the spatial axes of all convolution kernels, as Keras does when it loads such a file.
    static func reverse(_ weights: inout [LayerPath: [Constant]], of requests: [WeightRequest]) {
        for request in requests
        where request.specs.contains(where: { $0.kind == .convolutionKernel }) {
            weights[request.path] = weights[request.path].map { arrays in
                zip(request.specs, arrays).map { spec, array in
                    spec.kind == .convolutionKernel && array.shape.rank > 2
                        ? reversed(array) : array
                }
            }
        }
    }

    /// The kernel with all axes but the last two reversed.
    private static func reversed(_ kernel: Constant) -> Constant {
        let positions = kernel.shape.dims.dropLast(2).reduce(1, *)
        guard positions > 0 else { return kernel }
        let size = kernel.shape.elementCount / positions
        let values = kernel.doubles()
        let blocks = stride(from: values.count - size, through: 0, by: -max(size, 1))
        return Constant(blocks.flatMap { values[$0..<$0 + size] }, kernel.shape)
    }
}
