import GraphIR
import TFLiteFormat

extension Binary.Kind {
    /// The operator that computes the function.
    package var builtin: BuiltinOperator {
        switch self {
        case .add: .add
        case .subtract: .sub
        case .multiply: .mul
        case .divide: .div
        case .maximum: .maximum
        case .minimum: .minimum
        case .power: .pow
        case .squaredDifference: .squaredDifference
        case .floorDivide: .floorDiv
        case .floorModulo: .floorMod
        case .arcTangent: .atan2
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessEqual: .lessEqual
        case .greater: .greater
        case .greaterEqual: .greaterEqual
        case .logicalAnd: .logicalAnd
        case .logicalOr: .logicalOr
        }
    }
}

extension Unary.Kind {
    /// The operator that computes the function.
    package var builtin: BuiltinOperator {
        switch self {
        case .abs: .abs
        case .neg: .neg
        case .exp: .exp
        case .log: .log
        case .sqrt: .sqrt
        case .rsqrt: .rsqrt
        case .square: .square
        case .sin: .sin
        case .cos: .cos
        case .floor: .floor
        case .ceil: .ceil
        case .sign: .sign
        case .round: .round
        case .tanh: .tanh
        case .sigmoid: .logistic
        case .relu: .relu
        case .relu6: .relu6
        case .reluN1To1: .reluN1To1
        case .relu0To1: .relu0To1
        case .elu: .elu
        case .hardSwish: .hardSwish
        case .logicalNot: .logicalNot
        }
    }
}

extension Reduce.Kind {
    /// The operator that computes the function.
    package var builtin: BuiltinOperator {
        switch self {
        case .sum: .sum
        case .mean: .mean
        case .max: .reduceMax
        case .min: .reduceMin
        case .product: .reduceProd
        case .any: .reduceAny
        case .all: .reduceAll
        }
    }
}

extension Op {
    /// The operator that computes the operation, of several the one that takes the least; nil if there is none.
    package var builtin: BuiltinOperator? {
        switch self {
        case .conv2D: .conv2D
        case .depthwiseConv2D: .depthwiseConv2D
        case .transposeConv2D: .transposeConv
        case .conv3D: .conv3D
        case .transposeConv3D: .conv3DTranspose
        case .fullyConnected: .fullyConnected
        case .batchMatMul: .batchMatMul
        case .pool2D(let pool): pool.kind == .max ? .maxPool2D : .averagePool2D
        case .unary(let unary): unary.kind.builtin
        case .binary(let binary): binary.kind.builtin
        case .leakyReLU: .leakyRelu
        case .prelu: .prelu
        case .gelu: .gelu
        case .softmax: .softmax
        case .logSoftmax: .logSoftmax
        case .l2Normalization: .l2Normalization
        case .localResponseNormalization: .localResponseNormalization
        case .reduce(let reduce): reduce.kind.builtin
        case .argExtremum(let search): search.kind == .max ? .argMax : .argMin
        case .topK: .topKV2
        case .cumulativeSum: .cumsum
        case .reshape, .reshapeLike: .reshape
        case .transpose: .transpose
        case .concatenate: .concatenation
        case .pad(let pad): pad.value == 0 ? .pad : .padV2
        case .mirrorPad: .mirrorPad
        case .slice, .boundedSlice: .stridedSlice
        case .gather: .gather
        case .oneHot: .oneHot
        case .positions: .range
        case .shapeOf: .shape
        case .cast: .cast
        case .changeStorage: .quantize
        case .select: .selectV2
        case .resize(let resize):
            resize.kind == .bilinear ? .resizeBilinear : .resizeNearestNeighbor
        case .tile: .tile
        case .broadcast, .broadcastLike: .broadcastTo
        case .reverse: .reverseV2
        case .reverseSequence: .reverseSequence
        case .depthToSpace: .depthToSpace
        case .spaceToDepth: .spaceToDepth
        case .lstm: .unidirectionalSequenceLSTM
        case .simpleRNN: .unidirectionalSequenceRNN
        case .loop: .while
        case .batchNormalization, .recurrence: nil
        }
    }
}
