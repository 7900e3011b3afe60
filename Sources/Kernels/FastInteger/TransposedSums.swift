import CKernels

/// The sums of products of a 2-D transposed convolution of 8-bit integers, before they are scaled.
struct TransposedSums: Sendable {
    private let parameters: Conv2DParameters
    private let taps: [Tap]

    /// The weights of one place of the window.
    private struct Tap: Sendable {
        let row: Int
        let column: Int
        let matrix: PackedIntegerMatrix
    }

    /// - Parameter filter: `[out, kh, kw, in]`; the zero point is 0.
    init(_ parameters: Conv2DParameters, filter: UnsafePointer<Int8>) {
        self.parameters = parameters
        let inputs = parameters.inputChannels
        let (height, width) = (parameters.height.kernel, parameters.width.kernel)
        taps = (0..<height * width).map { tap in
            Tap(
                row: tap / width, column: tap % width,
                matrix: PackedIntegerMatrix(
                    filter + tap * inputs, tapCount: 1, tapLength: inputs,
                    columns: parameters.outputChannels, tapStride: 0,
                    columnStride: height * width * inputs))
        }
    }

    /// Pixels of a result.
    var pixels: Int { parameters.height.input * parameters.width.input }

    /// Adds the products of one image to sums, `[pixels, outputChannels]`.
    ///
    /// - Parameter zeroPoint: the integer of the data that stands for 0.
    func add(
        _ image: UnsafePointer<Int8>, zeroPoint: Int32, to sums: UnsafeMutablePointer<Int32>,
        threads: Int
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let inputs = parameters.inputChannels
        for tap in taps {
            // No two pixels of the data reach the same result with it.
            IntegerProduct.forEachBlock(
                rows: height.output * width.output, length: inputs, tap.matrix,
                tap.matrix.offsets(bias: nil, inputZeroPoint: zeroPoint), threads: threads
            ) { row, target in
                kc_integer_widen(inputs, image + row * inputs, zeroPoint, target)
            } finish: { rows, products in
                add(tap, rows, products, to: sums)
            }
        }
    }

    /// Adds the products of some pixels of the data with one place of the window.
    private func add(
        _ tap: Tap, _ rows: Range<Int>, _ products: UnsafePointer<Int32>,
        to sums: UnsafeMutablePointer<Int32>
    ) {
        let (height, width, outputs) = (
            parameters.height, parameters.width, parameters.outputChannels
        )
        for (index, row) in rows.enumerated() {
            let line = height.inputPosition(output: row / width.output, tap: tap.row)
            let column = width.inputPosition(output: row % width.output, tap: tap.column)
            guard (0..<height.input).contains(line), (0..<width.input).contains(column) else {
                continue
            }
            let target = sums + (line * width.input + column) * outputs
            let source = products + index * outputs
            for out in 0..<outputs { target[out] &+= source[out] }
        }
    }
}
