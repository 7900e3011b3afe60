import Tensors

/// How a mirror pad continues the data.
package enum MirrorMode: Sendable, Hashable, CaseIterable {
    /// Without the border element: `c b | a b c | b a`.
    case reflect
    /// With the border element: `b a | a b c | c b`.
    case symmetric
}

extension LayoutKernels {
    /// Surrounds the tensor with copies of the element at `value`; negative pads crop.
    package static func pad(
        _ shape: Shape, before: [Int], after: [Int], elementSize: Int, value: UnsafeRawPointer,
        input: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) {
        let result = Shape((0..<shape.rank).map { shape.dims[$0] + before[$0] + after[$0] })
        fill(count: result.elementCount, elementSize: elementSize, value: value, output: output)
        let skipped = before.map { max(-$0, 0) }
        let kept = (0..<shape.rank).map {
            shape.dims[$0] - skipped[$0] - max(-after[$0], 0)
        }
        let (from, to) = (shape.strides, result.strides)
        let source = zip(skipped, from).reduce(0) { $0 + $1.0 * $1.1 }
        let target = zip(before, to).reduce(0) { $0 + max($1.0, 0) * $1.1 }
        StridedCopy(
            extents: kept, sourceStrides: from, targetStrides: to, elementSize: elementSize,
            sourceOffset: source, targetOffset: target
        ).run(from: input, to: output)
    }

    /// Surrounds the tensor with its mirror image.
    ///
    /// Pads are ≥ 0 and at most the extent, less one for `reflect`.
    package static func mirrorPad(
        _ shape: Shape, before: [Int], after: [Int], mode: MirrorMode, elementSize: Int,
        input: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) {
        let offset = mode == .reflect ? 0 : 1
        let sources = (0..<shape.rank).map { axis in
            let extent = shape.dims[axis]
            return (-before[axis]..<extent + after[axis]).map { position in
                if position < 0 { return -position - offset }
                return position < extent ? position : 2 * (extent - 1) - position + offset
            }
        }
        let strides = shape.strides
        let last = (0..<shape.rank).last { before[$0] + after[$0] > 0 } ?? -1
        let run = shape.dims[(last + 1)...].reduce(1, *) * elementSize
        var target = output
        func copy(axis: Int, _ source: Int) {
            guard axis <= last else {
                target.copyMemory(from: input + source * elementSize, byteCount: run)
                target += run
                return
            }
            for position in sources[axis] {
                copy(axis: axis + 1, source + position * strides[axis])
            }
        }
        copy(axis: 0, 0)
    }
}
