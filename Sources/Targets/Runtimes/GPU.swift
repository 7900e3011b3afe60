import TFLiteFormat
import Tensors

extension Target {
    /// LiteRT's GPU delegate (OpenCL, OpenGL ES, Metal); what it does not take runs on the processor.
    package static let gpu = Target(
        name: "the GPU delegate", release: "2.23.0", operators: gpuOperators, fallsBack: true,
        trap: gpuTrap)
}

private let real: [DType] = [.float32, .float16, .int8, .uint8]

/// An operator up to a version.
private func upTo(_ version: Int, rank: Int? = 4, _ dtypes: [DType]? = real) -> OperatorLimits {
    OperatorLimits(dtypes, rank: rank).with(\.version, version)
}

/// Source: `gpu_compatibility.cc` and `model_builder.cc` of LiteRT.
private let gpuOperators: [BuiltinOperator: OperatorLimits] = {
    var operators: [BuiltinOperator: OperatorLimits] = [
        .conv2D: upTo(6), .depthwiseConv2D: upTo(6),
        .transposeConv: upTo(3).with(\.operand, 2), .fullyConnected: upTo(9),
        .batchMatMul: upTo(4),
        .concatenation: upTo(2), .quantize: upTo(2), .dequantize: upTo(3, nil),
        .averagePool2D: upTo(2), .maxPool2D: upTo(2),
        .pad: upTo(2), .padV2: upTo(2), .mirrorPad: upTo(2),
        .softmax: upTo(2), .slice: upTo(2), .stridedSlice: upTo(4), .transpose: upTo(4),
        .resizeBilinear: upTo(3), .resizeNearestNeighbor: upTo(3), .mul: upTo(3),
        .reshape: upTo(1, nil), .gather: upTo(1), .select: upTo(1, nil), .selectV2: upTo(1, nil),
        .prelu: upTo(1), .cumsum: upTo(1), .oneHot: upTo(1, nil), .lstm: upTo(4),
        .split: upTo(2).with(\.operand, 1), .splitV: upTo(2), .pack: upTo(2), .unpack: upTo(2),
        .tile: upTo(2), .cast: upTo(2, nil), .depthToSpace: upTo(2), .spaceToDepth: upTo(2),
    ]
    let plain: [BuiltinOperator] = [
        .abs, .cos, .elu, .exp, .floor, .gelu, .log, .logistic, .neg, .rsqrt, .sign, .sin, .sqrt,
        .square, .tanh, .hardSwish, .add, .addN, .sub, .div, .pow, .maximum, .minimum,
        .squaredDifference, .floorDiv, .floorMod, .leakyRelu, .relu, .relu6, .reluN1To1,
        .relu0To1, .mean, .sum, .reduceMax, .reduceMin, .reduceProd,
    ]
    for builtin in plain { operators[builtin] = upTo(2) }
    let comparisons: [BuiltinOperator] = [
        .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .logicalAnd,
    ]
    for builtin in comparisons { operators[builtin] = upTo(2, nil) }
    return operators
}()

/// Conditions of the delegate on options and inputs.
@Sendable private func gpuTrap(_ use: OperatorUse) -> String? {
    if use.tensors.contains(where: { $0.shape.count > 4 }) {
        return "a tensor has more than 4 dimensions"
    }
    switch use.builtin {
    case .stridedSlice:
        let options = use.options as? StridedSliceOptions
        let mask =
            (options?.ellipsisMask ?? 0) | (options?.newAxisMask ?? 0)
            | (options?.shrinkAxisMask ?? 0)
        return mask == 0 ? nil : "new, removed and omitted axes are not possible"
    case .fullyConnected:
        let options = use.options as? FullyConnectedOptions
        if options?.keepsRank == true, use.input(0)?.shape.count != use.outputs.first?.shape.count {
            return "the ranks of input and output differ"
        }
    case .mirrorPad:
        if (use.options as? MirrorPadOptions)?.mode != .reflect {
            return "only REFLECT is possible"
        }
    case .mean, .sum, .reduceMax, .reduceMin, .reduceProd:
        if !use.isConstant(1) { return "its axes are computed" }
    case .gather:
        if use.input(1)?.shape.count != 1 || use.input(1)?.type != .int32 {
            return "indices must be an int32 vector"
        }
    case .addN:
        if use.inputs.count != 2 { return "it adds \(use.inputs.count) tensors instead of 2" }
    default: break
    }
    return nil
}
