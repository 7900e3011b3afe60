import Tensors

/// A convolution or transposed convolution with its weights packed, ready to run on any data.
///
/// Every kind is a sum of matrix products (`ConvolutionStep`): one per group, or one per phase of a
/// transposed convolution's output grid; most 3×3 convolutions go the shorter way of `WinogradConvolution`.
/// Weights are copied; `filter` may go away.
package final class FastConvolution: Sendable {
    let batch: Int
    let input: ImageExtents
    let output: ImageExtents
    let activation: Clamp
    let steps: [ConvolutionStep]
    /// Stands for the steps if it is there.
    private let winograd: WinogradConvolution?

    private init(
        _ parameters: Conv3DParameters, input: ImageExtents, output: ImageExtents,
        steps: [ConvolutionStep], winograd: WinogradConvolution? = nil
    ) {
        batch = parameters.batch
        self.input = input
        self.output = output
        activation = parameters.activation
        self.steps = steps
        self.winograd = winograd
    }

    /// 2-D convolution, filter `[out, kh, kw, in / groups]`, which may have been packed before.
    package convenience init(
        conv2D parameters: Conv2DParameters, filter: UnsafePointer<Float>,
        packed: PackedMatrices = PackedMatrices()
    ) {
        let flat = parameters.withUnitDepth
        if let winograd = WinogradConvolution(parameters, filter: filter, packed: packed) {
            self.init(
                flat, input: ImageExtents(flat.axes.map(\.input), flat.inputChannels),
                output: ImageExtents(flat.axes.map(\.output), flat.outputChannels), steps: [],
                winograd: winograd)
            return
        }
        let depth = flat.tapCount * (flat.inputChannels / flat.groups)
        self.init(flat) { first, count in
            packed.matrix(.columns(from: first)) {
                PackedMatrix(
                    filter + first * depth, depth: depth, columns: count, depthStride: 1,
                    columnStride: depth)
            }
        }
    }

    /// 3-D convolution, filter `[kd, kh, kw, in / groups, out]`, which may have been packed before.
    package convenience init(
        conv3D parameters: Conv3DParameters, filter: UnsafePointer<Float>,
        packed: PackedMatrices = PackedMatrices()
    ) {
        let outputs = parameters.outputChannels
        let depth = parameters.tapCount * (parameters.inputChannels / parameters.groups)
        self.init(parameters) { first, count in
            packed.matrix(.columns(from: first)) {
                PackedMatrix(
                    filter + first, depth: depth, columns: count, depthStride: outputs,
                    columnStride: 1)
            }
        }
    }

    /// 2-D transposed convolution, filter `[out, kh, kw, in]`.
    package convenience init(
        transposeConv2D parameters: Conv2DParameters, filter: UnsafePointer<Float>
    ) {
        let flat = parameters.withUnitDepth
        let inputs = flat.inputChannels
        self.init(transposing: flat) { tap, column in
            filter + (column * flat.tapCount + tap) * inputs
        }
    }

    /// 3-D transposed convolution, filter `[kd, kh, kw, out, in]`.
    package convenience init(
        conv3DTranspose parameters: Conv3DParameters, filter: UnsafePointer<Float>
    ) {
        let (inputs, outputs) = (parameters.inputChannels, parameters.outputChannels)
        self.init(transposing: parameters) { tap, column in
            filter + (tap * outputs + column) * inputs
        }
    }

    /// A convolution; `pack` gives the weights of output channels `first..<first + count`.
    private convenience init(
        _ parameters: Conv3DParameters, pack: (_ first: Int, _ count: Int) -> PackedMatrix
    ) {
        let axes = parameters.axes
        let (groupInputs, groupOutputs) = (
            parameters.inputChannels / parameters.groups,
            parameters.outputChannels / parameters.groups
        )
        let grid = axes.map {
            GridAxis(
                count: $0.output, inputStep: $0.stride, outputFirst: 0, outputStep: 1,
                displacements: (0..<$0.kernel).map { [axis = $0] in
                    axis.inputPosition(output: 0, tap: $0)
                })
        }
        self.init(
            parameters, input: ImageExtents(axes.map(\.input), parameters.inputChannels),
            output: ImageExtents(axes.map(\.output), parameters.outputChannels),
            steps: (0..<parameters.groups).map { group in
                ConvolutionStep(
                    grid: grid, inputChannel: group * groupInputs, tapChannels: groupInputs,
                    outputChannel: group * groupOutputs,
                    matrix: pack(group * groupOutputs, groupOutputs))
            })
    }

    /// A transposed convolution; `row` gives the `[in]` weights of (tap, output channel).
    private convenience init(
        transposing parameters: Conv3DParameters,
        row: (_ tap: Int, _ column: Int) -> UnsafePointer<Float>
    ) {
        let axes = parameters.axes
        self.init(
            parameters, input: ImageExtents(axes.map(\.output), parameters.inputChannels),
            output: ImageExtents(axes.map(\.input), parameters.outputChannels),
            steps: TransposedPhases.steps(parameters, axes: axes, row: row))
    }

    /// The most floats that one thread copies at a time, with zeros around what the windows leave; saturates.
    package var scratchCount: Int { steps.map { $0.scratchCount(input) }.max() ?? 0 }

    /// Convolves; `bias` is `[out]`.
    ///
    /// Data shapes at `Conv2DParameters` and `Conv3DParameters`.
    package func run(
        input source: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output target: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        for image in 0..<batch {
            let (source, target) = (source + image * input.count, target + image * output.count)
            winograd?.run(source, target, bias: bias, activation: activation, threads: threads)
            for step in steps {
                step.run(
                    source, input, target, output, bias: bias, activation: activation,
                    threads: threads)
            }
        }
    }
}

/// The extents of one image `[depth, height, width, channels]`.
struct ImageExtents: Sendable {
    let axes: [Int]
    let channels: Int

    init(_ axes: [Int], _ channels: Int) {
        self.axes = axes
        self.channels = channels
    }

    /// Floats of the image.
    var count: Int { axes.reduce(channels, *) }
    /// Floats of one row of pixels.
    var row: Int { axes[2] * channels }
    /// Floats of one plane of rows.
    var plane: Int { axes[1] * row }
}
