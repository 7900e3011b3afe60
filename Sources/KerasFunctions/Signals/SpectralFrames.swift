import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// Overlapping windows of a signal and their Fourier transforms.
package struct SpectralFrames {
    /// The elements of a frame that the window does not clear.
    let length: Int
    /// The distance from one frame to the next.
    let stride: Int
    /// The elements of a frame.
    package let size: Int
    /// The factor of each element of a frame.
    let window: [Double]
    /// Whether the signal is mirrored at both ends, so that frames have their centers in it.
    let isCentered: Bool

    /// - Parameter windowIsCentered: whether the window stands in the middle of a longer frame, as in Keras, or at its start.
    package init(
        length: Int, stride: Int, size: Int, window: JSONValue?, isCentered: Bool,
        windowIsCentered: Bool = true
    ) throws {
        guard length > 0, stride > 0, stride < 1 << 20, size >= length, size < 1 << 20 else {
            throw Problem(
                .invalidField("fft_length", value: "\(size)", expected: "\(length) or more"))
        }
        (self.length, self.stride, self.size) = (length, stride, size)
        self.isCentered = isCentered
        let values = try Self.values(window, length: length, size: size)
        let before = values.count == size || !windowIsCentered ? 0 : (size - length) / 2
        self.window = (0..<size).map { index in
            values.indices.contains(index - before) ? values[index - before] : 0
        }
    }

    private static func values(_ window: JSONValue?, length: Int, size: Int) throws -> [Double] {
        guard let window, !window.isNull else { return [Double](repeating: 1, count: size) }
        if let name = window.string {
            let (base, swing) = name == "hann" ? (0.5, 0.5) : (0.54, 0.46)
            guard name == "hann" || name == "hamming" else {
                throw Problem(.invalidField("window", value: name, expected: "hann or hamming"))
            }
            let period = Double(max(length % 2 == 0 ? length : length - 1, 1))
            return (0..<length).map { base - swing * cos(2 * .pi * Double($0) / period) }
        }
        guard let array = NumberArray(window), array.values.count == length else {
            throw Problem(
                .invalidField("window", value: window.description, expected: "\(length) numbers"))
        }
        return array.values
    }

    /// The coefficients of the transforms of x `[…, time]`: `[…, frames, size / 2 + 1]`.
    package func transform(_ x: ValueID, in builder: GraphBuilder) throws -> ComplexValue {
        let dims = builder.shape(of: x).dims
        let count = size / 2 + 1
        try checkList(checkedProduct(size, 2 * count, "the frames"), "the frames")
        var signal = try builder.reshape(
            x, [try leading(dims), builder.shape(of: x).knownExtent(-1)])
        if isCentered {
            signal = try builder.add(
                .mirrorPad(MirrorPad([.none, PadAmount(size / 2, size / 2)], mode: .reflect)),
                [signal])
        }
        let elements = (0..<size * 2 * count).map { position in
            let (j, k) = (position / (2 * count), position % (2 * count))
            let wave = GraphBuilder.wave(j, k % count, size)
            return window[j] * (k < count ? wave.cosine : -wave.sine)
        }
        var geometry = ConvolutionGeometry(pointwiseRank: 1)
        (geometry.kernel, geometry.strides) = ([size], [stride])
        let waves = try builder.convolution(
            builder.expandDimension(signal, at: 2),
            kernel: Constant(elements, [size, 1, 2 * count]), bias: nil, geometry)
        let frames = builder.shape(of: waves)[1]
        let all = try builder.reshape(waves, Array(dims.dropLast()) + [frames, 2 * count])
        let axis = dims.count
        return (
            try builder.slice(all, axis: axis, from: 0, count: count),
            try builder.slice(all, axis: axis, from: count, count: count)
        )
    }

    /// The signal `[…, time]` whose transforms are x `[…, frames, size / 2 + 1]`.
    package func inverse(_ x: ComplexValue, length: Int?, in builder: GraphBuilder) throws
        -> ValueID
    {
        let shape = builder.shape(of: x.real)
        let (frames, count) = (try shape.knownExtent(-2), size / 2 + 1)
        try checkList(checkedProduct(size, 2 * count, "the frames"), "the frames")
        let factors = inverseWindow()
        let elements = (0..<size * 2 * count).map { position in
            let (j, k) = (position / (2 * count), position % (2 * count))
            let wave = GraphBuilder.wave(j, k % count, size)
            return factors[j] * GraphBuilder.share(k % count, size)
                * (k < count ? wave.cosine : -wave.sine)
        }
        let rows = try [x.real, x.imaginary].map { part in
            let bins = try shape.knownExtent(-1)
            let row = try builder.reshape(
                part, [leading(Array(shape.dims.dropLast())), 1, frames, bins])
            if bins >= count { return try builder.slice(row, axis: 3, from: 0, count: count) }
            return try builder.pad(row, [.none, .none, .none, PadAmount(0, count - bins)])
        }
        let total = size + stride * (frames - 1)
        let op = TransposeConv2D(
            strides: Size2D(1, stride), padding: .valid, size: Size2D(1, total))
        let filter = builder.constant(Constant(elements, [1, 1, size, 2 * count]), role: "waves")
        let sum = try builder.add(
            .transposeConv2D(op), [builder.concatenate(rows, axis: 3), filter])
        let signal = try builder.reshape(sum, Array(shape.dims.dropLast(2)) + [total])
        let first = isCentered ? size / 2 : 0
        let last = length.map { first + $0 } ?? (isCentered ? total - size / 2 : total)
        guard first < min(last, total) else { throw Problem(.invalidShape("the signal is empty")) }
        return try builder.slice(
            signal, axis: shape.rank - 2, from: first, count: min(last, total) - first)
    }

    /// The window divided by what all frames that overlap add to.
    private func inverseWindow() -> [Double] {
        guard window.contains(where: { $0 != 1 }) else { return window }
        var sums = [Double](repeating: 0, count: stride)
        for (index, value) in window.enumerated() { sums[index % stride] += value * value }
        return window.enumerated().map { index, value in
            let sum = sums[index % stride]
            return sum == 0 ? 0 : value / sum
        }
    }

    /// The product of all extents but the last.
    private func leading(_ dims: [Int]) throws -> Int {
        let outer = dims.dropLast()
        if outer.contains(Shape.free) { return Shape.free }
        return try outer.reduce(1) { try checkedProduct($0, $1, "the signal") }
    }
}
