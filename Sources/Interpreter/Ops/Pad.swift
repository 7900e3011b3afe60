import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// PAD and PADV2: a border of zeros or of the third input; a negative width crops.
    mutating func pad() throws -> Kernel {
        let x = try input(0)
        let (before, after) = try paddings(of: x)
        let shape = Shape(
            try x.shape.dims.indices.map { axis in
                let cropped = max(-before[axis], 0) + max(-after[axis], 0)
                guard cropped <= x.shape.dims[axis] else {
                    throw malformed("\(x.shape) loses more than all along axis \(axis)")
                }
                return x.shape.dims[axis] + before[axis] + after[axis]
            })
        let y = try output(0, x.dtype, shape, quantized: true)
        let border = code.builtin == .padV2 ? try plainOrEqualScalar(2, like: x) : nil
        let zero = zeroElement(of: x)
        return { frame in
            zero.withUnsafeBytes { zeroBytes in
                guard let zeroAddress = zeroBytes.baseAddress else { return }
                LayoutKernels.pad(
                    x.shape, before: before, after: after, elementSize: x.elementSize,
                    value: border.map { frame.bytes($0) } ?? zeroAddress, input: frame.bytes(x),
                    output: frame.output(y))
            }
        }
    }

    /// MIRROR_PAD: a border of mirrored elements.
    mutating func mirrorPad() throws -> Kernel {
        let options = try options(MirrorPadOptions.self)
        let x = try input(0)
        let (before, after) = try paddings(of: x)
        let limit = options.mode == .reflect ? 1 : 0
        for axis in x.shape.dims.indices {
            let widest = max(before[axis], after[axis])
            guard min(before[axis], after[axis]) >= 0,
                widest == 0 || widest <= x.shape.dims[axis] - limit
            else { throw malformed("a mirror border wider than \(x.shape)") }
        }
        let shape = Shape(
            x.shape.dims.indices.map { x.shape.dims[$0] + before[$0] + after[$0] })
        let y = try output(0, x.dtype, shape, quantized: true)
        let mode: MirrorMode = options.mode == .reflect ? .reflect : .symmetric
        return { frame in
            LayoutKernels.mirrorPad(
                x.shape, before: before, after: after, mode: mode, elementSize: x.elementSize,
                input: frame.bytes(x), output: frame.output(y))
        }
    }

    /// The widths `[rank, 2]` of the second input.
    private func paddings(of x: Operand) throws -> (before: [Int], after: [Int]) {
        let widths = try integers(1)
        let limit = Int(Int32.max)
        guard try input(1).shape == [x.shape.rank, 2],
            widths.allSatisfy({ (-limit...limit).contains($0) })
        else { throw malformed("paddings \(widths) of \(x.shape)") }
        return (
            stride(from: 0, to: widths.count, by: 2).map { widths[$0] },
            stride(from: 1, to: widths.count, by: 2).map { widths[$0] }
        )
    }

    /// A single element of the type of another operand.
    func plainOrEqualScalar(_ index: Int, like x: Operand) throws -> Operand {
        let scalar = try input(index)
        guard scalar.count == 1, scalar.dtype == x.dtype else {
            throw malformed("input \(index) is no single \(x.dtype.rawValue)")
        }
        return scalar
    }

    /// The bytes of the element that stands for 0.
    func zeroElement(of x: Operand) -> [UInt8] {
        let zeroPoint = x.quantization?.zeroPoint.first ?? 0
        return withUnsafeBytes(of: zeroPoint.littleEndian) { Array($0.prefix(8)) }
    }
}
