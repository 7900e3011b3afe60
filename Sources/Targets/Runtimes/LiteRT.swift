import TFLiteFormat
import Tensors

extension Target {
    /// LiteRT with its default CPU delegate, XNNPACK, and the TensorFlow Lite releases before it.
    ///
    /// Types are those that a built-in kernel computes with. Ranks are the lower of the kernel's and the delegate's limit,
    /// since the delegate fails to load a model beyond its own. Every limit was measured on one-operator models.
    package static let liteRT = Target(
        name: "LiteRT", release: "2.23.0", operators: liteRTOperators, isPartial: true,
        returnsInputs: true, repeatsOutputs: true)
}

private let floats: [DType] = [.float32]
private let numbers: [DType] = [.float32, .int32, .int64]
private let movable: [DType] = [.float32, .int32, .int64, .int8, .uint8]
private let paddable: [DType] = [.float32, .int32, .int64, .int16, .int8, .uint8]

private let any = OperatorLimits()

private let liteRTOperators: [BuiltinOperator: OperatorLimits] = [
    // Sums of products. SAME padding that leaves out elements at the end comes out wrong.
    .conv2D: OperatorLimits(floats).with(\.padsWideStrides, false).storing(.int8, .int16).weighing(
        .int8, .int4),
    .depthwiseConv2D: OperatorLimits(floats).with(\.padsWideStrides, false).storing(.int8, .int16)
        .weighing(.int8),
    .conv3D: OperatorLimits(floats),
    .transposeConv: OperatorLimits(floats, operand: 2).with(\.infersFreeBatch, false).storing(
        .int8, .int16),
    .conv3DTranspose: OperatorLimits(floats, operand: 2),
    .fullyConnected: OperatorLimits(floats, rank: 6).with(\.flattensInput, true)
        .storing(.int8, .int16).weighing(.int8, .int4),
    .embeddingLookup: OperatorLimits([.int32]).weighing(.int8, .int4),
    .batchMatMul: OperatorLimits(floats, rank: 5).storing(.int8, .int16).weighing(.int8),

    // Recurrent operators. The LSTM computes something else without an activation.
    .unidirectionalSequenceLSTM: OperatorLimits(floats).storing(.int8).weighing(.int8)
        .with(\.cellActivations, [.relu, .relu6, .reluN1To1, .tanh]),
    .unidirectionalSequenceRNN: OperatorLimits(floats).weighing(.int8)
        .with(\.cellActivations, [.none, .relu, .relu6, .reluN1To1, .tanh]),

    // Windows and normalizations.
    .maxPool2D: OperatorLimits(floats).storing(.int8, .int16),
    .averagePool2D: OperatorLimits(floats).storing(.int8, .int16),
    .softmax: OperatorLimits(floats, rank: 6).storing(.int8, .int16),
    .logSoftmax: OperatorLimits(floats).storing(.int8),
    .l2Normalization: OperatorLimits(floats, rank: 4).storing(.int8),
    .localResponseNormalization: OperatorLimits(floats),

    // Functions of two inputs; kernels for small integers are about quantized numbers.
    .add: OperatorLimits(numbers, broadcastRank: 6).storing(.int8, .int16),
    // With 16 bits it takes scales that are powers of two only.
    .sub: OperatorLimits(numbers, broadcastRank: 6).storing(.int8),
    .mul: OperatorLimits(numbers, broadcastRank: 6).storing(.int8, .int16),
    .div: OperatorLimits([.float32, .int32], broadcastRank: 5).storing(.int8),
    .maximum: OperatorLimits(numbers, broadcastRank: 5).storing(.int8, .int16),
    .minimum: OperatorLimits(numbers, broadcastRank: 5).storing(.int8, .int16),
    .pow: OperatorLimits([.float32, .int32], broadcastRank: 4),
    .squaredDifference: OperatorLimits([.float32, .int32], broadcastRank: 4).storing(.int8),
    .floorDiv: OperatorLimits([.float32, .int32], broadcastRank: 4),
    .floorMod: OperatorLimits(numbers, broadcastRank: 4),
    .atan2: OperatorLimits(floats, broadcastRank: 0),
    .bucketize: OperatorLimits(floats),
    .unsortedSegmentSum: OperatorLimits(floats),
    .unsortedSegmentProd: OperatorLimits(floats),
    .unsortedSegmentMax: OperatorLimits(floats),
    .unsortedSegmentMin: OperatorLimits(floats),
    .equal: OperatorLimits([.float32, .int32, .int64, .bool], broadcastRank: 4).storing(.int8),
    .notEqual: OperatorLimits([.float32, .int32, .int64, .bool], broadcastRank: 4).storing(.int8),
    .less: OperatorLimits(numbers, broadcastRank: 4).storing(.int8),
    .lessEqual: OperatorLimits(numbers, broadcastRank: 4).storing(.int8),
    .greater: OperatorLimits(numbers, broadcastRank: 4).storing(.int8),
    .greaterEqual: OperatorLimits(numbers, broadcastRank: 4).storing(.int8),
    .logicalAnd: OperatorLimits([.bool], broadcastRank: 4),
    .logicalOr: OperatorLimits([.bool], broadcastRank: 4),
    .prelu: OperatorLimits(floats).storing(.int8),
    .selectV2: OperatorLimits(broadcastRank: 5).storing(.int8),

    // Functions of one input. The delegate takes LEAKY_RELU with a slope only.
    .abs: OperatorLimits([.float32, .int32]).storing(.int8, .int16),
    .neg: OperatorLimits(numbers),
    .sign: OperatorLimits([.float32, .int32]),
    .exp: OperatorLimits(floats).storing(.int8),
    .log: OperatorLimits(floats).storing(.int8),
    .sqrt: OperatorLimits(floats).storing(.int8),
    .rsqrt: OperatorLimits(floats).storing(.int8),
    .square: OperatorLimits(floats),
    .sin: OperatorLimits(floats),
    .cos: OperatorLimits(floats),
    .floor: OperatorLimits(floats),
    .ceil: OperatorLimits(floats),
    .round: OperatorLimits(floats),
    .tanh: OperatorLimits(floats).storing(.int8, .int16),
    .logistic: OperatorLimits(floats).storing(.int8, .int16),
    .relu: OperatorLimits(floats).storing(.int8, .int16),
    .relu6: OperatorLimits(floats).storing(.int8, .int16),
    .reluN1To1: OperatorLimits(floats).storing(.int8),
    .relu0To1: OperatorLimits(floats).storing(.int8),
    .elu: OperatorLimits(floats).storing(.int8),
    .hardSwish: OperatorLimits(floats).storing(.int8),
    .gelu: OperatorLimits(floats).storing(.int8, .int16),
    .leakyRelu: OperatorLimits(floats).with(\.takesZeroSlope, false).storing(.int8, .int16),
    .logicalNot: OperatorLimits([.bool]),

    // Reductions and searches. The delegate takes six axes.
    .sum: OperatorLimits(numbers, rank: 6).storing(.int8),
    .mean: OperatorLimits(numbers, rank: 6).storing(.int8, .int16),
    .reduceMax: OperatorLimits(numbers, rank: 6).storing(.int8, .int16),
    .reduceMin: OperatorLimits(numbers, rank: 6).storing(.int8, .int16),
    .reduceProd: OperatorLimits(numbers, rank: 6),
    .reduceAny: OperatorLimits([.bool], rank: 6),
    .reduceAll: OperatorLimits([.bool], rank: 6),
    .argMax: OperatorLimits([.float32, .int32, .int8, .uint8, .bool]).storing(.int8),
    .argMin: OperatorLimits([.float32, .int32, .int8, .uint8, .bool]).storing(.int8),
    .topKV2: OperatorLimits(paddable).storing(.int8),
    .cumsum: OperatorLimits(numbers),

    // Between real numbers and what stores them.
    .quantize: OperatorLimits(floats).storing(.int8, .int16, .uint8),
    .dequantize: OperatorLimits().storing(.int8, .int16, .uint8, .float16),

    // Moves. The delegate joins five inputs; releases before 2.9 reverse one axis.
    .reshape: OperatorLimits().storing(.int8, .int16),
    .squeeze: OperatorLimits().storing(.int8, .int16),
    .expandDims: OperatorLimits().storing(.int8, .int16),
    .transpose: OperatorLimits(rank: 6).storing(.int8, .int16),
    .concatenation: OperatorLimits(rank: 6).with(\.fastInputs, 5).storing(.int8, .int16),
    .pack: OperatorLimits([.float32, .int32, .int64, .int16, .int8, .uint8, .bool]).storing(
        .int8, .int16),
    .unpack: OperatorLimits([.float32, .int32, .int16, .int8, .uint8, .bool]).storing(
        .int8, .int16),
    .split: OperatorLimits([.float32, .int32, .int16, .int8, .uint8], operand: 1).storing(
        .int8, .int16),
    .splitV: OperatorLimits([.float32, .int32, .int64, .int16, .int8, .uint8]).storing(
        .int8, .int16),
    .pad: OperatorLimits(rank: 5).storing(.int8, .int16),
    .padV2: OperatorLimits(rank: 5).storing(.int8, .int16),
    .mirrorPad: OperatorLimits(paddable, rank: 5).storing(.int8, .int16),
    .slice: OperatorLimits(rank: 5).storing(.int8, .int16),
    .stridedSlice: OperatorLimits(rank: 5).storing(.int8, .int16),
    .reverseV2: OperatorLimits(axes: 1).storing(.int8, .int16),
    .reverseSequence: OperatorLimits([.float32, .int32, .int64, .int16, .uint8]),
    .tile: OperatorLimits([.float32, .int32, .int64, .int8, .uint8, .bool]).storing(.int8),
    .broadcastTo: OperatorLimits().storing(.int8, .int16),
    .depthToSpace: OperatorLimits(movable).storing(.int8),
    .spaceToDepth: OperatorLimits(movable).storing(.int8),
    .resizeBilinear: OperatorLimits(floats).storing(.int8, .int16),
    .resizeNearestNeighbor: OperatorLimits([.float32, .int8, .uint8, .int16]).storing(
        .int8, .int16),
    .gather: OperatorLimits().storing(.int8, .int16),
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
