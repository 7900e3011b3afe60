import CKernels
import Tensors

/// A constant matrix of 8-bit weights in the words and panels that the processor's dot products read.
///
/// Its rows come in taps of `tapLength` neighbours, each filled up to whole words.
package final class PackedIntegerMatrix: Sendable {
    let columns: Int
    let tapCount: Int
    /// Words of a tap.
    let tapWords: Int
    /// The sum of the weights of each column; zeros up to the end of the last panel.
    let columnSums: [Int32]
    private let storage: TensorStorage

    /// Packs the matrix whose element `k` of tap `t` in column `j` is
    /// `source[t·tapStride + k·elementStride + j·columnStride]`.
    init(
        _ source: UnsafePointer<Int8>, tapCount: Int, tapLength: Int, columns: Int, tapStride: Int,
        elementStride: Int = 1, columnStride: Int
    ) {
        let (width, group) = (kc_integer_panel_width(), kc_integer_group())
        self.columns = columns
        self.tapCount = tapCount
        tapWords = (tapLength + group - 1) / group
        let panels = (columns + width - 1) / width
        let words = tapCount * tapWords * width
        storage = TensorStorage(uninitializedByteCount: max(panels * words * 4, 4))
        let target = storage.start.bindMemory(to: Int32.self, capacity: max(panels * words, 1))
        var sums = [Int32](repeating: 0, count: panels * width)
        for first in stride(from: 0, to: columns, by: width) {
            let count = min(width, columns - first)
            for tap in 0..<tapCount {
                let start = source + first * columnStride + tap * tapStride
                kc_integer_pack(
                    start, tapLength, elementStride, columnStride, count,
                    target + (first / width * tapCount + tap) * tapWords * width)
                if columnStride == 1 {
                    for k in 0..<tapLength {
                        let row = start + k * elementStride
                        for column in 0..<count { sums[first + column] &+= Int32(row[column]) }
                    }
                    continue
                }
                for column in 0..<count {
                    var sum: Int32 = 0
                    for k in 0..<tapLength {
                        sum &+= Int32(start[column * columnStride + k * elementStride])
                    }
                    sums[first + column] &+= sum
                }
            }
        }
        columnSums = sums
    }

    /// The panels.
    var panels: UnsafePointer<Int32> {
        UnsafePointer(storage.start.assumingMemoryBound(to: Int32.self))
    }

    /// What the sums of the columns start with: the bias, less what the zero point of the input adds.
    func offsets(bias: [Int64]?, inputZeroPoint: Int32) -> [Int32] {
        let correction = kc_integer_correction(inputZeroPoint)
        var offsets = columnSums.map { 0 &- $0 &* correction }
        if let bias {
            for column in 0..<columns {
                offsets[column] &+= Int32(truncatingIfNeeded: bias[column])
            }
        }
        return offsets
    }
}
