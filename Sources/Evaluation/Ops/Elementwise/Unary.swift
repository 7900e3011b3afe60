import GraphIR
import Kernels
import Tensors

extension Unary {
    func compute(_ run: NodeRun) throws {
        let count = run.outputs[0].count
        let isComputed: Bool
        switch run.dtype(0) {
        case .float32:
            try run.applyToFloats(
                reference: { ReferenceKernels.unary(kind, count: $0, input: $1, output: $2) },
                fast: {
                    FastKernels.unary(kind, count: $0, input: $1, output: $2, threads: $3)
                })
            isComputed = true
        case .bool:
            ReferenceKernels.logicalNot(count: count, input: run.input(0), output: run.output())
            isComputed = true
        case .int32:
            isComputed = ReferenceKernels.unary(
                kind, count: count, input: run.input(0, as: Int32.self), output: run.output())
        case .int64:
            isComputed = ReferenceKernels.unary(
                kind, count: count, input: run.input(0, as: Int64.self), output: run.output())
        default: isComputed = false
        }
        guard isComputed else { throw run.unsupported(run.dtype(0)) }
    }
}

extension NodeRun {
    /// Applies a function to each float of the first input.
    ///
    /// Both closures take the number of elements, the input and the output, the fast one also the number of threads.
    func applyToFloats(
        reference: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void,
        fast: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    ) throws {
        let (count, x, y) = (outputs[0].count, try floats(0), try floatOutput())
        if isFast { fast(count, x, y, threads) } else { reference(count, x, y) }
    }
}
