import TFLiteFormat
import Tensors

extension Target {
    /// The Coral Edge TPU; the first operator that it does not take, and all after it, run on the processor.
    package static let edgeTPU = Target(
        name: "the Edge TPU", release: "2.5.0", operators: edgeOperators, isStatic: true,
        fallsBack: true, cutsAtFirst: true, trap: edgeTrap)
}

private let bytes: [DType] = [.int8, .uint8]

private func upTo(_ version: Int) -> OperatorLimits {
    OperatorLimits(bytes).with(\.version, version)
}

/// Source: the table of supported operations of the Edge TPU compiler; versions are those of TF 2.5.
private let edgeOperators: [BuiltinOperator: OperatorLimits] = {
    var operators: [BuiltinOperator: OperatorLimits] = [
        .conv2D: upTo(3), .depthwiseConv2D: upTo(3), .fullyConnected: upTo(4),
        .transposeConv: upTo(3).with(\.operand, 2), .resizeBilinear: upTo(3),
        .resizeNearestNeighbor: upTo(3), .quantize: upTo(2), .mul: upTo(2),
        .split: upTo(2).with(\.operand, 1),
    ]
    let plain: [BuiltinOperator] = [
        .add, .sub, .maximum, .minimum, .logistic, .tanh, .relu, .relu6, .reluN1To1,
        .l2Normalization, .averagePool2D, .maxPool2D, .concatenation, .mean, .pad, .pack, .prelu,
        .reshape, .softmax, .slice, .stridedSlice, .spaceToDepth, .squeeze, .expandDims, .sum,
        .reduceMax, .reduceMin, .squaredDifference, .rsqrt, .transpose,
        .unidirectionalSequenceLSTM,
    ]
    for builtin in plain { operators[builtin] = upTo(2) }
    return operators
}()

/// Conditions of the compiler on shapes and options.
@Sendable private func edgeTrap(_ use: OperatorUse) -> String? {
    let tensors = use.outputs + [use.input(0)].compactMap { $0 }
    if tensors.contains(where: { $0.shape.dropLast(3).contains { $0 != 1 } }) {
        return "only the innermost three dimensions may exceed 1, so that the batch is 1"
    }
    if let type = use.outputs.first?.type.dtype, !bytes.contains(type) {
        return "a result of type \(type.rawValue) is not possible, only int8, uint8"
    }
    switch use.builtin {
    case .averagePool2D, .maxPool2D:
        let activation = (use.options as? Pool2DOptions)?.activation ?? .none
        return activation == .none ? nil : "a pool cannot have an activation"
    case .conv2D:
        let options = use.options as? Conv2DOptions
        return options?.dilationWidth == options?.dilationHeight ? nil : "dilations differ"
    case .depthwiseConv2D:
        let options = use.options as? DepthwiseConv2DOptions
        return options?.dilationWidth == options?.dilationHeight ? nil : "dilations differ"
    case .softmax:
        let count = use.input(0)?.shape.reduce(1, *) ?? 0
        return count <= 16_000 ? nil : "it has more than 16,000 elements"
    default: return nil
    }
}
