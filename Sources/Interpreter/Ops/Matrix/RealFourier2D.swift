import Kernels
import Tensors

extension OperatorPreparation {
    /// RFFT2D: the Fourier transforms of real matrices, cut or filled up to the lengths of the second input.
    func realFourier2D() throws -> PreparedOperator {
        let (x, lengths) = (try floatInput(0), try integers(1))
        let limit = 1 << 24
        guard x.shape.rank >= 2, lengths.count == 2,
            lengths.allSatisfy({ (1...limit).contains($0) })
        else { throw malformed("a transform of \(x.shape) with lengths \(lengths)") }
        // Odd factors take quadratic time; the runtime knows none at all.
        guard lengths.allSatisfy({ $0 >> $0.trailingZeroBitCount <= 1 << 10 }) else {
            throw unsupported("its lengths are \(lengths)")
        }
        let leading = Array(x.shape.dims.dropLast(2))
        let (height, width) = (lengths[0], lengths[1])
        let y = try output(0, .complex64, Shape(leading + [height, width / 2 + 1]))
        try requireScratch([height, width, 8])
        let (count, rows, columns) = (Shape(leading).elementCount, x.shape[-2], x.shape[-1])
        return PreparedOperator(y) { context in
            ReferenceKernels.fourier2D(
                count: count, rows: rows, columns: columns, height: height, width: width,
                input: context.floats(x), output: context.floatOutput(y))
        }
    }
}
