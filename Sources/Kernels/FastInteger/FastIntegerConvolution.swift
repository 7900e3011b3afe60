import CKernels
import Tensors

/// A 2-D convolution of 8-bit integers with its weights packed, ready to run on any data.
package final class FastIntegerConvolution: Sendable {
    /// The convolution of a group of channels.
    private final class Group: Sendable {
        let matrix: PackedIntegerMatrix
        let scaling: PackedScaling
        /// What sums start with.
        let offsets: [Int32]
        let strip: WidenedStrip
        let taps: [Int]
        /// Output rows that are computed together.
        let blockLines: Int

        init(
            _ matrix: PackedIntegerMatrix, _ scaling: PackedScaling, offsets: [Int32],
            _ strip: WidenedStrip
        ) {
            self.matrix = matrix
            self.scaling = scaling
            self.offsets = offsets
            self.strip = strip
            taps = strip.taps
            blockLines = strip.blockLines
        }
    }

    private let parameters: Conv2DParameters
    private let groups: [Group]

    /// - Parameters:
    ///   - filter: `[out, kh, kw, in / groups]`, which may have been packed before; the zero point is 0.
    ///   - inputZeroPoint: the integer of the data that stands for 0.
    ///   - bias: `[out]`.
    ///   - scaling: with sums that are rounded twice.
    package init(
        _ parameters: Conv2DParameters, filter: UnsafePointer<Int8>, inputZeroPoint: Int32,
        bias: [Int64], scaling: OutputScaling, packed: PackedMatrices = PackedMatrices()
    ) {
        self.parameters = parameters
        let inputs = parameters.inputChannels / parameters.groups
        let outputs = parameters.outputChannels / parameters.groups
        let matrices = Self.matrices(parameters, filter: filter, packed: packed)
        groups = matrices.enumerated().map { group, matrix in
            let channels = group * outputs..<(group + 1) * outputs
            let strip = WidenedStrip(
                imageChannels: parameters.inputChannels,
                channels: group * inputs..<(group + 1) * inputs, height: parameters.height,
                width: parameters.width, inputZeroPoint: inputZeroPoint)
            return Group(
                matrix, PackedScaling(scaling, channels: channels),
                offsets: matrix.offsets(
                    bias: Array(bias[channels]), inputZeroPoint: inputZeroPoint),
                strip)
        }
    }

    /// The packed weights of each group.
    static func matrices(
        _ parameters: Conv2DParameters, filter: UnsafePointer<Int8>, packed: PackedMatrices
    ) -> [PackedIntegerMatrix] {
        let inputs = parameters.inputChannels / parameters.groups
        let outputs = parameters.outputChannels / parameters.groups
        let (height, width) = (parameters.height, parameters.width)
        let joins = width.dilation == 1
        let tapLength = joins ? width.kernel * inputs : inputs
        let tapCount = height.kernel * (joins ? 1 : width.kernel)
        let depth = tapCount * tapLength
        return (0..<parameters.groups).map { group in
            let first = group * outputs
            return packed.matrix(.init(first: first, tapLength: tapLength)) {
                PackedIntegerMatrix(
                    filter + first * depth, tapCount: tapCount, tapLength: tapLength,
                    columns: outputs, tapStride: tapLength, columnStride: depth)
            }
        }
    }

    /// Convolves; data shapes at `Conv2DParameters`.
    package func run(
        input: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>, threads: Int = 1
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let imageLength = height.input * width.input * parameters.inputChannels
        let resultLength = height.output * width.output * parameters.outputChannels
        for (number, group) in groups.enumerated() {
            let first = number * group.matrix.columns
            for record in 0..<parameters.batch {
                let image = input + record * imageLength
                let result = output + record * resultLength + first
                Parallel.forEachPart(of: height.output, threads: threads) { part in
                    for line in stride(
                        from: part.lowerBound, to: part.upperBound, by: group.blockLines)
                    {
                        let lines = line..<min(line + group.blockLines, part.upperBound)
                        multiply(group, image, lines, result)
                    }
                }
            }
        }
    }

    private func multiply(
        _ group: Group, _ image: UnsafePointer<Int8>, _ lines: Range<Int>,
        _ result: UnsafeMutablePointer<Int8>
    ) {
        let columns = parameters.width.output
        let count = lines.count * columns
        let outputs = parameters.outputChannels
        group.strip.withRows(image, lines: lines) { start in
            IntegerProduct.withRows(count) { from, to in
                group.strip.addresses(start, lines: lines.count, to: from)
                var target = result + lines.lowerBound * columns * outputs
                for index in 0..<count {
                    to[index] = target
                    target += outputs
                }
                IntegerProduct.multiply(
                    UnsafePointer(from), count: count, taps: group.taps, group.matrix,
                    group.offsets, group.scaling, to: UnsafePointer(to))
            }
        }
    }
}
