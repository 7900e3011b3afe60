import TFLiteFormat
import Tensors

/// What TFLite Micro refuses, aborts on or computes wrongly beyond the limits of `microOperators`.
///
/// Most of these load without a word, so that nothing but this check finds them.
@Sendable func microTrap(_ use: OperatorUse) -> String? {
    if use.tensors.contains(where: \.isSparse) { return "sparse tensors are read as dense ones" }
    return unknownShape(use) ?? mixedTypes(use) ?? perChannel(use) ?? largeScale(use)
        ?? misread(use)
}

/// Comparisons of integers, which are scaled by less than 1.
private func largeScale(_ use: OperatorUse) -> String? {
    switch use.builtin {
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual:
        let scales = use.inputs.compactMap {
            $0?.type == .int8 ? $0?.quantization?.scale.first : nil
        }
        return scales.contains { $0 >= 1 } ? "it aborts on a scale that is not below 1" : nil
    default: return nil
    }
}

/// Inputs that say a shape and have to be constants.
private func unknownShape(_ use: OperatorUse) -> String? {
    let positions: [Int] =
        switch use.builtin {
        case .pad, .padV2, .mirrorPad, .transpose, .expandDims, .resizeBilinear,
            .resizeNearestNeighbor, .broadcastTo, .splitV:
            [1]
        case .slice: [1, 2]
        case .stridedSlice: [1, 2, 3]
        case .fill, .split, .transposeConv: [0]
        default: []
        }
    if positions.contains(where: { !use.isConstant($0) }) {
        return "its sizes or axes are computed, and TFLite Micro needs constants"
    }
    let isEmpty = use.outputs.contains { $0.shape.contains(0) && $0.shape != [0] }
    return isEmpty ? "a result without elements counts as dynamic" : nil
}

/// Weights of another type than the activations.
private func mixedTypes(_ use: OperatorUse) -> String? {
    switch use.builtin {
    case .conv2D, .depthwiseConv2D, .fullyConnected, .batchMatMul, .unidirectionalSequenceLSTM:
        if use.input(0)?.type == .float32, use.input(1)?.type != .float32 {
            return "float activations with integer weights are refused or give NaN"
        }
        if use.builtin == .batchMatMul, use.input(0)?.type != use.input(1)?.type {
            return "the operands have different types"
        }
    case .transposeConv:
        if use.input(2)?.type == .float32, use.input(1)?.type != .float32 {
            return "float activations with integer weights are refused"
        }
    case .gather, .gatherND:
        if use.input(1)?.type != .int32 { return "indices must be int32" }
    case .sum, .mean, .reduceMax, .reduceMin, .reduceAll, .argMax, .argMin, .pad, .padV2:
        if use.input(1)?.type != .int32 { return "axes and paddings must be int32" }
    default: break
    }
    return nil
}

/// Scales of slices, of which kernels for whole tensors read the first alone.
private func perChannel(_ use: OperatorUse) -> String? {
    let input = use.input(use.builtin == .embeddingLookup ? 1 : 0)
    guard use.builtin == .dequantize || use.builtin == .embeddingLookup,
        input?.isQuantizedPerChannel == true
    else { return nil }
    return "it reads the first of several scales alone and computes wrong numbers"
}

/// Options and inputs that a kernel takes for something else.
private func misread(_ use: OperatorUse) -> String? {
    switch use.builtin {
    case .unidirectionalSequenceLSTM: return lstm(use)
    case .depthwiseConv2D:
        if use.inputs.count > 2, use.inputs[2] == nil { return "an absent bias aborts" }
        if use.input(0)?.type == .int16, use.input(2)?.type == .int32 {
            return "a 32-bit bias is read as 64 bits"
        }
    case .stridedSlice:
        guard let options = use.options as? StridedSliceOptions else { break }
        if options.newAxisMask != 0 || options.ellipsisMask != 0 {
            return "new axes and ellipses are ignored"
        }
    default: break
    }
    return nil
}

private func lstm(_ use: OperatorUse) -> String? {
    guard use.inputs.count == 24 else {
        return "it has \(use.inputs.count) inputs, and TFLite Micro wants 24"
    }
    if (Array(1...8) + Array(12...15)).contains(where: { use.inputs[$0] == nil }) {
        return "all gates need weights and biases"
    }
    if (Array(9...11) + Array(16...17) + Array(20...23)).contains(where: { use.inputs[$0] != nil })
    {
        return "peepholes, projections and layer normalization are not possible"
    }
    let options = use.options as? UnidirectionalSequenceLSTMOptions
    return options?.activation == .tanh
        ? nil : "an activation other than TANH computes wrong numbers"
}
