import GraphIR
import Tensors

/// The steps of sequences `[batch, steps, …]`.
extension NodeRun {
    /// A step `[batch, 1, …]` of a sequence.
    func step(_ step: Int, of sequence: Tensor) throws -> Tensor {
        var (begin, sizes) = (sequence.shape.dims.map { _ in 0 }, sequence.shape.dims)
        begin[1] = step
        sizes[1] = 1
        return try Op.slice(Slice(begin: begin, sizes: sizes)).evaluate(inputs: [sequence])[0]
    }

    /// Copies a tensor to an output of as many elements.
    func copy(_ tensor: Tensor, to index: Int) {
        tensor.withBytes { source in
            guard let base = source.baseAddress else { return }
            outputBytes(index).copyMemory(from: base, byteCount: source.count)
        }
    }

    /// Copies a step `[batch, 1, …]` to its place in an output that is a sequence.
    func collect(_ tensor: Tensor, _ step: Int, in output: Int) throws {
        let shape = outputShape(output)
        guard tensor.shape.elementCount * shape[1] == shape.elementCount else {
            throw invalid("a step \(tensor.shape) of \(shape)")
        }
        tensor.withBytes { source in
            let size = shape[0] > 0 ? source.count / shape[0] : 0
            for batch in 0..<shape[0] where size > 0 {
                let target = outputBytes(output) + (batch * shape[1] + step) * size
                target.copyMemory(
                    from: UnsafeRawBufferPointer(
                        rebasing: source[batch * size..<(batch + 1) * size]
                    )
                    .baseAddress ?? UnsafeRawPointer(target), byteCount: size)
            }
        }
    }
}
