import GraphIR
import TFLiteFormat
import Tensors

extension TransposeConv2D {
    /// A transposed convolution as a convolution of the padded input that makes all s·s outputs of a stride at once, which
    /// DEPTH_TO_SPACE then puts in place.
    ///
    /// With output position o + before = q · s + p, the filter taps that reach it are p + j · s:
    ///
    ///     y[q · s + p] = Σⱼ x[q − j] · w[p + j · s]        j = 0 ..< J,  J = ⌈k / s⌉
    ///
    /// No step needs to know the batch.
    func lowerAsConvolution(_ node: NodeLowering) throws {
        let (x, filter) = (node.inputType(0).shape, node.inputType(1).shape)
        guard let weights = node.constant(1) else {
            throw node.unsupported("weights that are computed")
        }
        let rows = Phases(
            input: x[1], output: size.height, window: filter[1], stride: strides.height, padding)
        let columns = Phases(
            input: x[2], output: size.width, window: filter[2], stride: strides.width, padding)
        let dtype = node.outputType.dtype
        let phases = emitPhases(node, weights, rows, columns)
        let full = try interleave(
            node, phases, [x[0], rows.positions, columns.positions, filter[0]], dtype)
        node.emit(
            .stridedSlice,
            [
                full, node.integers([0, rows.before, columns.before, 0], role: "begin"),
                node.integers(
                    [0, rows.before + size.height, columns.before + size.width, 0], role: "end"),
                node.integers([1, 1, 1, 1], role: "strides"),
            ], StridedSliceOptions(beginMask: 0b1001, endMask: 0b1001))
    }

    /// The padded input convolved with the filters of all phases.
    private func emitPhases(
        _ node: NodeLowering, _ weights: Constant, _ rows: Phases, _ columns: Phases
    ) -> Int {
        let x = node.inputType(0)
        let channels = strides.height * strides.width * weights.shape[0]
        let padding = [
            0, 0, rows.padBefore, rows.padAfter, columns.padBefore, columns.padAfter, 0, 0,
        ]
        let padded = node.emitStep(
            .pad, [node.input(0), node.integers(padding, [4, 2], role: "padding")],
            .init(x.dtype, [x.shape[0], rows.paddedInput, columns.paddedInput, x.shape[3]]),
            EmptyOptions.pad)
        let filter = node.parameter(
            Self.phaseFilter(weights, rows, columns), role: "\(node.node.layer)/filter")
        return node.emitStep(
            .conv2D, [padded, filter, phaseBias(node, count: channels)],
            .init(x.dtype, [x.shape[0], rows.positions, columns.positions, channels]),
            Conv2DOptions(
                padding: .valid, strideWidth: 1, strideHeight: 1,
                activation: .init(activation)))
    }

    /// Puts the channels `(py · sw + px) · out + c` to row py and column px of their blocks.
    private func interleave(
        _ node: NodeLowering, _ phases: Int, _ shape: Shape, _ dtype: DType
    ) throws -> Int {
        let (sh, sw) = (strides.height, strides.width)
        let result: Shape = [shape[0], shape[1] * sh, shape[2] * sw, shape[3]]
        if sh == 1, sw == 1 { return phases }
        if sh == sw {
            return node.emitStep(
                .depthToSpace, [phases], .init(dtype, result),
                DepthToSpaceOptions(blockSize: sh))
        }
        let split: Shape = [shape[0], shape[1], shape[2], sh, sw, shape[3]]
        let blocks = node.step(.init(dtype, split), role: "blocks")
        try node.emitReshape(phases, to: split, output: blocks)
        let turned = node.emitStep(
            .transpose, [blocks, node.integers([0, 1, 3, 2, 4, 5], role: "permutation")],
            .init(dtype, [shape[0], shape[1], sh, shape[2], sw, shape[3]]), EmptyOptions.transpose)
        let full = node.step(.init(dtype, result), role: "full")
        try node.emitReshape(turned, to: result, output: full)
        return full
    }

    /// The bias, once for each phase.
    private func phaseBias(_ node: NodeLowering, count: Int) -> Int {
        guard node.node.inputs.count > 2, let bias = node.constant(2) else {
            return node.bias(3, count: count)
        }
        let repeats = count / bias.shape.elementCount
        let repeated = bias.reshaped([1, bias.shape.elementCount])
            .broadcast(to: [repeats, bias.shape.elementCount]).reshaped([count])
        return node.parameter(repeated, role: "\(node.node.layer)/bias")
    }

    /// The filter `[sh·sw·out, Jh, Jw, in]` made from `[out, kh, kw, in]`, zero where a tap is beyond the window.
    private static func phaseFilter(
        _ filter: Constant, _ rows: Phases, _ columns: Phases
    ) -> Constant {
        let (outputs, inputs) = (filter.shape[0], filter.shape[3])
        let source = filter.doubles()
        let shape: Shape = [
            rows.stride * columns.stride * outputs, rows.taps, columns.taps, inputs,
        ]
        var result: [Double] = []
        result.reserveCapacity(shape.elementCount)
        for channel in 0..<shape[0] {
            let (phase, output) = channel.quotientAndRemainder(dividingBy: outputs)
            for index in 0..<rows.taps * columns.taps {
                let row = rows.tap(index / columns.taps, phase: phase / columns.stride)
                let column = columns.tap(index % columns.taps, phase: phase % columns.stride)
                guard row < filter.shape[1], column < filter.shape[2] else {
                    result.append(contentsOf: repeatElement(0, count: inputs))
                    continue
                }
                let tap = (output * filter.shape[1] + row) * filter.shape[2] + column
                result.append(contentsOf: source[tap * inputs..<(tap + 1) * inputs])
            }
        }
        return Constant(result, shape)
    }
}

/// The convolution along one dimension that makes all outputs of a stride at once.
private struct Phases {
    let stride: Int
    /// Taps of the filter for each phase.
    let taps: Int
    /// The first output within the whole result.
    let before: Int
    /// Positions of the convolution.
    let positions: Int
    let padBefore: Int
    let padAfter: Int
    let paddedInput: Int

    init(input: Int, output: Int, window: Int, stride: Int, _ padding: GraphIR.Padding) {
        self.stride = stride
        taps = (window + stride - 1) / stride
        before = padding.amounts(output, window: window, stride: stride).before
        positions = max(input + taps - 1, (before + output + stride - 1) / stride)
        padBefore = taps - 1
        padAfter = positions - input
        paddedInput = input + padBefore + padAfter
    }

    /// The tap of the whole filter that stands at `index` of a phase's filter.
    func tap(_ index: Int, phase: Int) -> Int {
        phase + (taps - 1 - index) * stride
    }
}
