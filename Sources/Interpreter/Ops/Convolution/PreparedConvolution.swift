import Kernels

/// A convolution whose weights are packed at the first run if they are constant and kept, else in each run.
struct PreparedConvolution<Parameters: Sendable>: Sendable {
    private let parameters: Parameters
    private let filter: Operand
    private let packed: Once<FastConvolution>?
    private let pack: Packing

    /// Packs a filter, or takes from what has been packed of it before.
    typealias Packing =
        @Sendable (Parameters, UnsafePointer<Float>, PackedMatrices) -> FastConvolution

    init(_ parameters: Parameters, filter: Operand, pack: @escaping Packing) {
        self.parameters = parameters
        self.filter = filter
        self.pack = pack
        packed = filter.known.flatMap { known in
            known.packed.map { matrices in Once { pack(parameters, known.floats, matrices) } }
        }
    }

    func run(_ context: RunContext, input: Operand, bias: Operand?, output: Operand) {
        let convolution =
            packed?.value ?? pack(parameters, context.floats(filter), PackedMatrices())
        convolution.run(
            input: context.floats(input), bias: context.floats(bias),
            output: context.floatOutput(output),
            threads: context.threads)
    }
}
