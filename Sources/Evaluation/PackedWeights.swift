import Foundations
import Kernels
import Tensors

/// The weights of one node, made ready for the fast kernels and kept between runs.
final class PackedWeights {
    private var parameters: AnyHashable?
    private var convolution: FastConvolution?
    /// The filter in memory, if the kernels read it as it is.
    var filter: Tensor?

    /// The packed convolution for `parameters`; `pack` makes it if there is none yet.
    func convolution<Parameters: Hashable>(
        for parameters: Parameters, pack: () throws -> FastConvolution
    ) rethrows -> FastConvolution {
        if let convolution, self.parameters == AnyHashable(parameters) { return convolution }
        let made = try pack()
        self.parameters = AnyHashable(parameters)
        convolution = made
        return made
    }
}

extension NodeRun {
    /// Convolves the first input with the filter, which is packed once per evaluator if it is constant.
    func convolve<Parameters: Hashable>(
        _ parameters: Parameters, pack: (Parameters, UnsafePointer<Float>) -> FastConvolution
    ) throws {
        let convolution =
            try weights?.convolution(for: parameters) { pack(parameters, try floats(1)) }
            ?? pack(parameters, try floats(1))
        try ResourceBudget.current.require(
            saturatingProduct(4 * max(threads, 1), convolution.scratchCount),
            for: "the windows of \(name)")
        convolution.run(
            input: try floats(0), bias: try optionalFloats(2), output: try floatOutput(),
            threads: threads)
    }
}
