import TFLiteFormat
import Tensors

extension Target {
    /// TensorFlow Lite Micro as of August 2026 with all its operators registered.
    ///
    /// Its reference kernels were measured on one-operator models: what they refuse, what aborts and what computes
    /// something else.
    package static let micro = Target(
        name: "TFLite Micro", release: "2.23.0", operators: microOperators, isStatic: true,
        readsVersions: false, favorsLoops: true, trap: microTrap)

    /// A snapshot of TFLite Micro that people build with.
    ///
    /// - Parameter missing: the operators that it does not have.
    private static func snapshot(_ name: String, without missing: [BuiltinOperator]) -> Target {
        Target(
            name: name, release: "2.23.0",
            operators: microOperators.filter { !missing.contains($0.key) }, isStatic: true,
            readsVersions: false, favorsLoops: true, trap: microTrap)
    }

    /// The examples library of Arduino, of December 2023.
    package static let microArduino = snapshot(
        "TFLite Micro for Arduino",
        without: [
            .batchMatMul, .dynamicUpdateSlice, .embeddingLookup, .reduceAll, .reduceMin,
            .reverseV2,
        ])

    /// The module of Zephyr, of June 2024.
    package static let microZephyr = snapshot(
        "TFLite Micro for Zephyr",
        without: [.dynamicUpdateSlice, .reduceAll, .reduceMin, .reverseV2])

    /// pico-tflmicro, of December 2024.
    package static let microPico = snapshot(
        "TFLite Micro for the Raspberry Pi Pico",
        without: [.dynamicUpdateSlice, .reduceAll, .reduceMin, .reverseV2])

    /// esp-tflite-micro, of August 2026.
    package static let microESP = snapshot("TFLite Micro for ESP32", without: [])
}

private let float: [DType] = [.float32]
private let small: [DType] = [.float32, .int8]
private let signals: [DType] = [.float32, .int8, .int16]
private let sums: [DType] = [.float32, .int32, .int8, .int16]
private let counted: [DType] = [.float32, .int8, .int32, .int64]
private let any = OperatorLimits()

private let microOperators = microTypes.mapValues(\.storingSmallIntegers)

extension OperatorLimits {
    /// These limits with int8 and int16 beside float32 as stored real numbers.
    fileprivate var storingSmallIntegers: OperatorLimits {
        let small: [DType] = [.int8, .int16]
        guard let dtypes else { return with(\.integers, small) }
        guard dtypes.contains(.float32) else { return self }
        return with(\.dtypes, dtypes.filter { !small.contains($0) })
            .with(\.integers, dtypes.filter(small.contains))
    }
}

private let microTypes: [BuiltinOperator: OperatorLimits] = [
    .conv2D: OperatorLimits(signals, rank: 4),
    .depthwiseConv2D: OperatorLimits(signals, rank: 4),
    .transposeConv: OperatorLimits(signals, operand: 2, rank: 4),
    .fullyConnected: OperatorLimits(signals),
    .batchMatMul: OperatorLimits(signals, rank: 5),
    // Other activations load and compute something else.
    .unidirectionalSequenceLSTM: OperatorLimits(signals).with(\.cellActivations, [.tanh]),
    .svdf: OperatorLimits(small),

    .maxPool2D: OperatorLimits(signals, rank: 4),
    .averagePool2D: OperatorLimits(signals, rank: 4),
    .l2Pool2D: OperatorLimits(float, rank: 4),
    .softmax: OperatorLimits(signals),
    .logSoftmax: OperatorLimits(small),
    .l2Normalization: OperatorLimits(small, rank: 4),

    .add: OperatorLimits(sums, broadcastRank: 5),
    .sub: OperatorLimits(sums, broadcastRank: 5),
    .mul: OperatorLimits(sums, broadcastRank: 4),
    .div: OperatorLimits([.float32, .int32, .int8], broadcastRank: 4),
    .maximum: OperatorLimits(sums + [.int64], broadcastRank: 4),
    .minimum: OperatorLimits(sums + [.int64], broadcastRank: 4),
    .squaredDifference: OperatorLimits(sums, broadcastRank: 4),
    .floorDiv: OperatorLimits(float, broadcastRank: 4),
    .floorMod: OperatorLimits(float, broadcastRank: 4),
    .equal: OperatorLimits(counted + [.bool], broadcastRank: 4),
    .notEqual: OperatorLimits(counted + [.bool], broadcastRank: 4),
    .less: OperatorLimits(counted, broadcastRank: 4),
    .lessEqual: OperatorLimits(counted, broadcastRank: 4),
    // Of 16-bit elements it is always false.
    .greater: OperatorLimits(counted, broadcastRank: 4),
    .greaterEqual: OperatorLimits(counted, broadcastRank: 4),
    .logicalAnd: OperatorLimits([.bool], broadcastRank: 4),
    .logicalOr: OperatorLimits([.bool], broadcastRank: 4),
    .addN: OperatorLimits(small),
    .prelu: OperatorLimits(signals, rank: 4),
    .selectV2: OperatorLimits(signals, operand: 1, broadcastRank: 5),

    .abs: OperatorLimits(signals),
    .neg: OperatorLimits(float),
    .exp: OperatorLimits(float),
    .log: OperatorLimits(float),
    .sqrt: OperatorLimits(float),
    .rsqrt: OperatorLimits(signals),
    .square: OperatorLimits(float),
    .sin: OperatorLimits(float),
    .cos: OperatorLimits(float),
    .floor: OperatorLimits(float),
    .ceil: OperatorLimits(float),
    .round: OperatorLimits(float),
    .tanh: OperatorLimits(signals),
    .logistic: OperatorLimits(signals),
    .relu: OperatorLimits(signals),
    .relu6: OperatorLimits(signals),
    .elu: OperatorLimits(small),
    .hardSwish: OperatorLimits(small),
    .leakyRelu: OperatorLimits(signals),
    .logicalNot: OperatorLimits([.bool]),

    .sum: OperatorLimits(signals, rank: 4),
    .mean: OperatorLimits(signals, rank: 4),
    .reduceMax: OperatorLimits(small, rank: 4),
    .reduceMin: OperatorLimits(small, rank: 4),
    .reduceAll: OperatorLimits([.bool], rank: 4),
    .argMax: OperatorLimits(small).with(\.results, [.int32]),
    .argMin: OperatorLimits(small).with(\.results, [.int32]),
    .cumsum: OperatorLimits(small),

    .quantize: OperatorLimits([.float32, .int8, .int16, .int32, .uint8])
        .with(\.results, [.int8, .int16, .int32, .uint8]),
    .dequantize: OperatorLimits([.int8, .int16, .uint8]),

    .reshape: any,
    .squeeze: any,
    .expandDims: OperatorLimits(signals),
    .transpose: OperatorLimits(signals, rank: 5),
    .concatenation: OperatorLimits(
        [.float32, .int8, .int16, .int32, .int64, .bool], rank: 6, inputs: 10),
    .pack: OperatorLimits(sums + [.int64]),
    .unpack: OperatorLimits(sums),
    .split: OperatorLimits(sums, operand: 1),
    .splitV: OperatorLimits(sums),
    .pad: OperatorLimits(sums, rank: 5),
    .padV2: OperatorLimits(sums, rank: 5),
    .mirrorPad: OperatorLimits(small, rank: 5),
    .slice: OperatorLimits(sums + [.bool], rank: 5),
    .stridedSlice: OperatorLimits(sums + [.bool], rank: 4),
    .reverseV2: OperatorLimits(counted + [.int16, .uint8, .bool], axes: 1),
    .broadcastTo: OperatorLimits(rank: 5),
    .broadcastArgs: OperatorLimits([.int32, .int64]),
    .batchToSpaceND: OperatorLimits(small, rank: 4),
    .spaceToBatchND: OperatorLimits(small, rank: 4),
    .depthToSpace: OperatorLimits(small, rank: 4),
    .spaceToDepth: OperatorLimits(small, rank: 4),
    .resizeBilinear: OperatorLimits(small, rank: 4),
    .resizeNearestNeighbor: OperatorLimits(signals, rank: 4),
    .gather: OperatorLimits(small),
    .gatherND: OperatorLimits(small),
    .embeddingLookup: OperatorLimits(small, operand: 1),
    .cast: OperatorLimits([.float32, .int8, .int16, .int32, .bool])
        .with(\.results, [.float32, .int8, .int16, .int32, .bool]),
    .fill: OperatorLimits().with(\.results, [.float32, .int8, .int32]),
    .zerosLike: OperatorLimits([.float32, .int8, .int64]),
    .shape: OperatorLimits().with(\.results, [.int32]),
    .dynamicUpdateSlice: OperatorLimits([.float32, .int8, .int16, .int32], rank: 6),

    .if: any,
    .while: any,
    .callOnce: any,
    .varHandle: any,
    .readVariable: any,
    .assignVariable: any,
]
