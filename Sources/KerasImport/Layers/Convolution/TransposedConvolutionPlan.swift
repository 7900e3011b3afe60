import GraphIR
import Problems
import Tensors

/// How a Keras transposed convolution maps to the graph's, which knows only the sizes that a forward convolution could
/// have had.
///
///     no output padding   valid  n·s + max(k − s, 0)      same  n·s
///     output padding p    valid  (n − 1)·s + k + p        same  (n − 1)·s + k − 2⌊k/2⌋ + p
///
/// with k the dilated kernel size; `same` starts ⌊max((n − 1)·s + k − out, 0) / 2⌋ elements into the scattered area.
struct TransposedConvolutionPlan {
    let strides: [Int]
    let padding: Padding
    /// The spatial sizes that the graph's operation makes.
    let scattered: [Int]
    /// The part of each axis that is the layer's output.
    let cuts: [(begin: Int, count: Int)]

    init(sizes: [Int], _ geometry: ConvolutionGeometry, outputPadding: [Int]?) throws {
        let axes = try sizes.indices.map { axis in
            try Axis(
                size: sizes[axis], kernel: geometry.kernel[axis], stride: geometry.strides[axis],
                dilation: geometry.dilations[axis], border: geometry.border,
                outputPadding: outputPadding?[axis])
        }
        strides = geometry.strides
        if axes.allSatisfy(\.isForwardSize) {
            padding = geometry.padding
            scattered = axes.map(\.output)
            cuts = axes.map { (0, $0.output) }
        } else {
            padding = .valid
            scattered = axes.map { max($0.full, $0.before + $0.output) }
            cuts = axes.map { ($0.before, $0.output) }
        }
    }

    /// The sizes along one axis.
    private struct Axis {
        /// The scattered area without cropping.
        let full: Int
        let output: Int
        let before: Int
        /// Whether a forward convolution of the same padding takes an input of `output` elements to the input's size.
        let isForwardSize: Bool

        init(
            size: Int, kernel: Int, stride: Int, dilation: Int,
            border: ConvolutionGeometry.Border, outputPadding: Int?
        ) throws {
            guard size != Shape.free else { throw Problem.unknownSpatialSize }
            let window = try product(kernel - 1, dilation, "the dilated kernel") + 1
            full = try product(max(size - 1, 0), stride, "the output") + window
            let isSame = border == .same
            if let outputPadding {
                output = full - (isSame ? 2 * (window / 2) : 0) + outputPadding
            } else {
                output =
                    try product(size, stride, "the output")
                    + (isSame ? 0 : max(window - stride, 0))
            }
            before = isSame ? max(full - output, 0) / 2 : 0
            guard output > 0 else {
                throw Problem(.invalidShape("the output would have \(output) elements"))
            }
            let padding = isSame ? Padding.same : .valid
            isForwardSize = padding.outputSize(output, window: window, stride: stride) == size
        }
    }
}

extension Constant {
    /// A kernel `(k…, a, b)` with zeros between its elements: `(dilation · (k − 1) + 1)` along each spatial axis.
    func dilated(_ dilations: [Int]) throws -> Constant {
        guard dilations.contains(where: { $0 != 1 }) else { return self }
        var target = shape
        for (axis, dilation) in dilations.enumerated() {
            target[axis] = try product(shape[axis] - 1, dilation, "the dilated kernel") + 1
        }
        guard target.elementCount < 1 << 28 else {
            throw Problem(.tooLarge(what: "the dilated kernel", value: "\(target)"))
        }
        let steps = (dilations + [1, 1]).enumerated().map { $1 * target.strides[$0] }
        let elements = doubles()
        var result = [Double](repeating: 0, count: target.elementCount)
        for (position, element) in elements.enumerated() {
            var index = 0
            for axis in shape.dims.indices {
                index += position / shape.strides[axis] % shape.dims[axis] * steps[axis]
            }
            result[index] = element
        }
        return Constant(result, target)
    }
}
