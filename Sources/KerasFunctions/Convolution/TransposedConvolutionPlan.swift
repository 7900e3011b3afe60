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
package struct TransposedConvolutionPlan {
    let strides: [Int]
    let padding: Padding
    /// The spatial sizes that the graph's operation makes; free for a free size of the input.
    let scattered: [Int]
    /// These sizes less input · stride.
    let margins: [Int]
    /// What each axis has before and after the layer's output.
    let cuts: [PadAmount]

    package init(sizes: [Int], _ geometry: ConvolutionGeometry, outputPadding: [Int]?) throws {
        let axes = try sizes.indices.map { axis in
            try Axis(
                size: sizes[axis], kernel: geometry.kernel[axis], stride: geometry.strides[axis],
                dilation: geometry.dilations[axis], border: geometry.border,
                outputPadding: outputPadding?[axis])
        }
        strides = geometry.strides
        if axes.allSatisfy(\.isForwardSize) {
            padding = geometry.padding
            margins = axes.map(\.margin)
            cuts = .none(rank: axes.count)
        } else {
            padding = .valid
            margins = axes.map { max($0.fullMargin, $0.before + $0.margin) }
            cuts = zip(axes, margins).map {
                PadAmount($0.before, $1 - $0.before - $0.margin)
            }
        }
        var scattered: [Int] = []
        for (size, margin) in zip(sizes, margins) {
            let stride = strides[scattered.count]
            scattered.append(
                size == Shape.free ? size : try checkedProduct(size, stride, "the output") + margin)
        }
        self.scattered = scattered
    }

    /// Whether a size follows from the input at run time.
    var hasFreeSizes: Bool { scattered.contains(Shape.free) }

    /// The sizes along one axis, all as what they have more than input · stride.
    private struct Axis {
        /// The scattered area without cropping.
        let fullMargin: Int
        /// The layer's output.
        let margin: Int
        let before: Int
        /// Whether a forward convolution of the same padding takes the output to the input's size.
        let isForwardSize: Bool

        init(
            size: Int, kernel: Int, stride: Int, dilation: Int,
            border: ConvolutionGeometry.Border, outputPadding: Int?
        ) throws {
            let window = try checkedProduct(kernel - 1, dilation, "the dilated kernel") + 1
            let isSame = border == .same
            fullMargin = window - stride
            if let outputPadding {
                margin = fullMargin - (isSame ? 2 * (window / 2) : 0) + outputPadding
            } else {
                margin = isSame ? 0 : max(window - stride, 0)
            }
            before = isSame ? max(fullMargin - margin, 0) / 2 : 0
            let input = size == Shape.free ? window + 1 : size
            let output = try checkedProduct(input, stride, "the output") + margin
            guard output > 0 else {
                throw Problem(.invalidShape("the output would have \(output) elements"))
            }
            let padding = isSame ? Padding.same : .valid
            isForwardSize = padding.outputSize(output, window: window, stride: stride) == input
        }
    }
}

extension Constant {
    /// A kernel `(k…, a, b)` with zeros between its elements: `(dilation · (k − 1) + 1)` along each spatial axis.
    package func dilated(_ dilations: [Int]) throws -> Constant {
        guard dilations.contains(where: { $0 != 1 }) else { return self }
        var target = shape
        for (axis, dilation) in dilations.enumerated() {
            target[axis] = try checkedProduct(shape[axis] - 1, dilation, "the dilated kernel") + 1
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
