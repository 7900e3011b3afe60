import GraphIR
import Targets
import Tensors

/// Spells out a transposed convolution of a free batch as a convolution.
///
///     before   x ─ TransposeConv2D(k×k, stride s) ─ y
///     after    x ─ Pad ─ Conv2D(all s·s phases) ─ DepthToSpace ─ Slice ─ y
///
/// The convolution makes all s·s outputs of a stride at once. With output position o + before = q · s + p, the filter taps
/// that reach it are p + j · s:
///
///     y[q · s + p] = Σⱼ x[q − j] · w[p + j · s]        j = 0 ..< J,  J = ⌈k / s⌉
///
/// No step needs to know the batch. Requires constant weights and known sizes. Exact up to rounding.
struct ExpandTransposedConvolution: Expansion {
    let name = "expand-transposed-convolution"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .transposeConv2D(let payload) = node.op,
            target[.transposeConv]?.infersFreeBatch != true,
            let weights = graph.constant(node.inputs[1])
        else { return nil }
        let (x, result) = (graph[node.inputs[0]].shape, graph[node.output].shape)
        let bias = node.inputs.dropFirst(2).map { graph.constant($0) }
        guard result[0] == Shape.free, result[1] != Shape.free, result[2] != Shape.free,
            bias.allSatisfy({ $0 != nil })
        else { return nil }
        let rows = StridePhases(
            input: x[1], output: result[1], window: weights.shape[1],
            stride: payload.strides.height, payload.padding)
        let columns = StridePhases(
            input: x[2], output: result[2], window: weights.shape[2],
            stride: payload.strides.width, payload.padding)
        return try GraphPatch(replacing: node, in: graph) { patch in
            let phases = try convolve(node, weights, bias, payload, rows, columns, patch)
            let full = try interleave(phases, payload.strides, patch)
            return try patch.add(
                Slice(
                    begin: [0, rows.before, columns.before, 0],
                    sizes: [Shape.free, result[1], result[2], result[3]]
                ).op, [full])
        }
    }

    /// The padded input convolved with the filters of all phases.
    private func convolve(
        _ node: Node, _ weights: Constant, _ bias: [Constant?], _ payload: TransposeConv2D,
        _ rows: StridePhases, _ columns: StridePhases, _ patch: PatchWriter
    ) throws -> ValueID {
        let padding = Pad([
            .none, PadAmount(rows.padBefore, rows.padAfter),
            PadAmount(columns.padBefore, columns.padAfter), .none,
        ])
        let padded = try patch.add(padding.op, [node.inputs[0]], role: "PAD")
        let filter = patch.constant(StridePhases.filter(weights, rows, columns), role: "filter")
        let repeats = payload.strides.height * payload.strides.width
        let biases = bias.compactMap { $0 }.map { bias in
            let count = bias.shape.elementCount
            return patch.constant(
                bias.reshaped([1, count]).broadcast(to: [repeats, count])
                    .reshaped([repeats * count]), role: "bias")
        }
        var convolution = Conv2D()
        convolution.padding = .valid
        convolution.activation = payload.activation
        return try patch.add(convolution.op, [padded, filter] + biases, role: "CONV_2D")
    }

    /// Puts the channels `(py · sw + px) · out + c` to row py and column px of their blocks.
    private func interleave(
        _ phases: ValueID, _ strides: Size2D, _ patch: PatchWriter
    ) throws -> ValueID {
        let (sh, sw) = (strides.height, strides.width)
        if sh == 1, sw == 1 { return phases }
        if sh == sw {
            return try patch.add(DepthToSpace(blockSize: sh).op, [phases], role: "DEPTH_TO_SPACE")
        }
        let shape = patch.shape(of: phases)
        let outputs = shape[3] / (sh * sw)
        let blocks = try patch.add(
            Reshape([shape[0], shape[1], shape[2], sh, sw, outputs]).op, [phases], role: "blocks")
        let turned = try patch.add(Transpose([0, 1, 3, 2, 4, 5]).op, [blocks], role: "TRANSPOSE")
        return try patch.add(
            Reshape([shape[0], shape[1] * sh, shape[2] * sw, outputs]).op, [turned], role: "full")
    }
}

/// The convolution along one dimension that makes all outputs of a stride at once.
private struct StridePhases {
    let stride: Int
    /// Taps of the filter for each phase.
    let taps: Int
    /// The first output within the whole result.
    let before: Int
    /// Positions of the convolution.
    let positions: Int
    let padBefore: Int
    let padAfter: Int

    init(input: Int, output: Int, window: Int, stride: Int, _ padding: Padding) {
        self.stride = stride
        taps = (window + stride - 1) / stride
        before = padding.amounts(output, window: window, stride: stride).before
        positions = max(input + taps - 1, (before + output + stride - 1) / stride)
        padBefore = taps - 1
        padAfter = positions - input
    }

    /// The tap of the whole filter that stands at `index` of a phase's filter.
    private func tap(_ index: Int, phase: Int) -> Int {
        phase + (taps - 1 - index) * stride
    }

    /// The filter `[sh·sw·out, Jh, Jw, in]` made from `[out, kh, kw, in]`, zero if a tap is beyond the window.
    static func filter(
        _ filter: Constant, _ rows: StridePhases, _ columns: StridePhases
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
