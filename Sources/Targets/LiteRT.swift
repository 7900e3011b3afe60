import TFLiteFormat
import Tensors

extension Target {
    /// LiteRT with its default CPU delegate, XNNPACK, and the TensorFlow Lite releases before it.
    ///
    /// Types are those that a built-in kernel computes with. Ranks are the lower of the kernel's and the delegate's limit,
    /// since the delegate fails to load a model beyond its own. Every limit was measured on one-operator models.
    package static let liteRT = Target(
        name: "LiteRT", release: "2.23.0", operators: liteRTOperators)
}

private let floats: [DType] = [.float32]
private let numbers: [DType] = [.float32, .int32, .int64]
private let movable: [DType] = [.float32, .int32, .int64, .int8, .uint8]
private let paddable: [DType] = [.float32, .int32, .int64, .int16, .int8, .uint8]

private let any = OperatorLimits()

private let liteRTOperators: [BuiltinOperator: OperatorLimits] = [
    // Sums of products. SAME padding of a stride that exceeds the window comes out wrong.
    .conv2D: OperatorLimits(floats).with(\.padsWideStrides, false),
    .depthwiseConv2D: OperatorLimits(floats).with(\.padsWideStrides, false),
    .conv3D: OperatorLimits(floats),
    .transposeConv: OperatorLimits(floats, operand: 2).with(\.infersFreeBatch, false),
    .conv3DTranspose: OperatorLimits(floats, operand: 2),
    .fullyConnected: OperatorLimits(floats, rank: 6),
    .batchMatMul: OperatorLimits(floats, rank: 5),

    // Recurrent operators. The LSTM computes something else without an activation.
    .unidirectionalSequenceLSTM: OperatorLimits(floats)
        .with(\.cellActivations, [.relu, .relu6, .reluN1To1, .tanh]),
    .unidirectionalSequenceRNN: OperatorLimits(floats)
        .with(\.cellActivations, [.none, .relu, .relu6, .reluN1To1, .tanh]),

    // Windows and normalizations.
    .maxPool2D: OperatorLimits(floats),
    .averagePool2D: OperatorLimits(floats),
    .softmax: OperatorLimits(floats, rank: 6),
    .logSoftmax: OperatorLimits(floats),
    .l2Normalization: OperatorLimits(floats, rank: 4),
    .localResponseNormalization: OperatorLimits(floats),

    // Functions of two inputs; kernels for small integers are about quantized numbers.
    .add: OperatorLimits(numbers, broadcastRank: 6),
    .sub: OperatorLimits(numbers, broadcastRank: 6),
    .mul: OperatorLimits(numbers, broadcastRank: 6),
    .div: OperatorLimits([.float32, .int32], broadcastRank: 5),
    .maximum: OperatorLimits(numbers, broadcastRank: 5),
    .minimum: OperatorLimits(numbers, broadcastRank: 5),
    .pow: OperatorLimits([.float32, .int32], broadcastRank: 4),
    .squaredDifference: OperatorLimits([.float32, .int32], broadcastRank: 4),
    .floorDiv: OperatorLimits([.float32, .int32], broadcastRank: 4),
    .floorMod: OperatorLimits(numbers, broadcastRank: 4),
    .equal: OperatorLimits([.float32, .int32, .int64, .bool], broadcastRank: 4),
    .notEqual: OperatorLimits([.float32, .int32, .int64, .bool], broadcastRank: 4),
    .less: OperatorLimits(numbers, broadcastRank: 4),
    .lessEqual: OperatorLimits(numbers, broadcastRank: 4),
    .greater: OperatorLimits(numbers, broadcastRank: 4),
    .greaterEqual: OperatorLimits(numbers, broadcastRank: 4),
    .logicalAnd: OperatorLimits([.bool], broadcastRank: 4),
    .logicalOr: OperatorLimits([.bool], broadcastRank: 4),
    .prelu: OperatorLimits(floats),
    .selectV2: OperatorLimits(broadcastRank: 5),

    // Functions of one input. The delegate takes LEAKY_RELU with a slope only.
    .abs: OperatorLimits([.float32, .int32]),
    .neg: OperatorLimits(numbers),
    .sign: OperatorLimits([.float32, .int32]),
    .exp: OperatorLimits(floats),
    .log: OperatorLimits(floats),
    .sqrt: OperatorLimits(floats),
    .rsqrt: OperatorLimits(floats),
    .square: OperatorLimits(floats),
    .sin: OperatorLimits(floats),
    .cos: OperatorLimits(floats),
    .floor: OperatorLimits(floats),
    .ceil: OperatorLimits(floats),
    .round: OperatorLimits(floats),
    .tanh: OperatorLimits(floats),
    .logistic: OperatorLimits(floats),
    .relu: OperatorLimits(floats),
    .relu6: OperatorLimits(floats),
    .reluN1To1: OperatorLimits(floats),
    .relu0To1: OperatorLimits(floats),
    .elu: OperatorLimits(floats),
    .hardSwish: OperatorLimits(floats),
    .gelu: OperatorLimits(floats),
    .leakyRelu: OperatorLimits(floats).with(\.takesZeroSlope, false),
    .logicalNot: OperatorLimits([.bool]),

    // Reductions and searches. The delegate takes six axes.
    .sum: OperatorLimits(numbers, rank: 6),
    .mean: OperatorLimits(numbers, rank: 6),
    .reduceMax: OperatorLimits(numbers, rank: 6),
    .reduceMin: OperatorLimits(numbers, rank: 6),
    .reduceProd: OperatorLimits(numbers, rank: 6),
    .reduceAny: OperatorLimits([.bool], rank: 6),
    .reduceAll: OperatorLimits([.bool], rank: 6),
    .argMax: OperatorLimits([.float32, .int32, .int8, .uint8, .bool]),
    .argMin: OperatorLimits([.float32, .int32, .int8, .uint8, .bool]),
    .topKV2: OperatorLimits(paddable),
    .cumsum: OperatorLimits(numbers),

    // Between real numbers and what stores them.
    .quantize: OperatorLimits(floats),
    .dequantize: any,

    // Moves. The delegate joins five inputs; releases before 2.9 reverse one axis.
    .reshape: any,
    .squeeze: any,
    .expandDims: any,
    .transpose: OperatorLimits(rank: 6),
    .concatenation: OperatorLimits(rank: 6, inputs: 5),
    .pad: OperatorLimits(rank: 5),
    .padV2: OperatorLimits(rank: 5),
    .mirrorPad: OperatorLimits(paddable, rank: 5),
    .slice: OperatorLimits(rank: 5),
    .stridedSlice: OperatorLimits(rank: 5),
    .reverseV2: OperatorLimits(axes: 1),
    .reverseSequence: OperatorLimits([.float32, .int32, .int64, .int16, .uint8]),
    .tile: OperatorLimits([.float32, .int32, .int64, .int8, .uint8, .bool]),
    .broadcastTo: any,
    .depthToSpace: OperatorLimits(movable),
    .spaceToDepth: OperatorLimits(movable),
    .resizeBilinear: OperatorLimits(floats),
    .resizeNearestNeighbor: OperatorLimits([.float32, .int8, .uint8, .int16]),
    .gather: any,
    .oneHot: OperatorLimits([.int32, .int64]),
    .cast: any,
    .fill: any,
    .zerosLike: any,
    .shape: any,
    .range: any,
    .dynamicUpdateSlice: any,

    // Subgraphs and variables.
    .while: any,
    .callOnce: any,
    .varHandle: any,
    .readVariable: any,
    .assignVariable: any,
]
