/// The names of all operations, as they stand in the text form.
package enum OpKind: String, Sendable, CaseIterable {
    case conv2D, depthwiseConv2D, transposeConv2D, conv3D, transposeConv3D
    case fullyConnected, batchMatMul, pool2D, batchNormalization, unary
    case binary, leakyReLU, prelu, gelu, softmax
    case logSoftmax, l2Normalization, localResponseNormalization, reduce, argExtremum
    case topK, cumulativeSum, reshape, reshapeLike, transpose
    case concatenate, pad, mirrorPad, slice, boundedSlice
    case gather, oneHot, positions, shapeOf, cast
    case select, resize, tile, broadcast, broadcastLike
    case reverse, depthToSpace, spaceToDepth, lstm, simpleRNN
    case loop

    /// An operation of this kind, whose attributes are to be set by reading them.
    package var blank: any OpPayload {
        switch self {
        case .conv2D: Conv2D()
        case .depthwiseConv2D: DepthwiseConv2D()
        case .transposeConv2D: TransposeConv2D(size: .one)
        case .conv3D: Conv3D()
        case .transposeConv3D: TransposeConv3D(size: .one)
        case .fullyConnected: FullyConnected()
        case .batchMatMul: BatchMatMul()
        case .pool2D: Pool2D(kind: .max, window: .one, strides: .one)
        case .batchNormalization: BatchNormalization(axis: 0, epsilon: 0)
        case .unary: Unary(.abs)
        case .binary: Binary(.add)
        case .leakyReLU: LeakyReLU(alpha: 0)
        case .prelu: PReLU()
        case .gelu: GELU(approximate: false)
        case .softmax: Softmax()
        case .logSoftmax: LogSoftmax()
        case .l2Normalization: L2Normalization()
        case .localResponseNormalization:
            LocalResponseNormalization(radius: 0, bias: 0, alpha: 0, beta: 0)
        case .reduce: Reduce(.sum, axes: [], keepDimensions: false)
        case .argExtremum: ArgExtremum(.max, axis: 0)
        case .topK: TopK(k: 0)
        case .cumulativeSum: CumulativeSum(axis: 0)
        case .reshape: Reshape([])
        case .reshapeLike: ReshapeLike([])
        case .transpose: Transpose([])
        case .concatenate: Concatenate(axis: 0)
        case .pad: Pad([])
        case .mirrorPad: MirrorPad([], mode: .reflect)
        case .slice: Slice(begin: [], sizes: [])
        case .boundedSlice: BoundedSlice(begin: [], end: [])
        case .gather: Gather(axis: 0)
        case .oneHot: OneHot(depth: 0)
        case .positions: Positions(axis: 0)
        case .shapeOf: ShapeOf()
        case .cast: Cast(to: .float32)
        case .select: Select()
        case .resize: Resize(.nearest, to: .size(.one))
        case .tile: Tile([])
        case .broadcast: Broadcast([])
        case .broadcastLike: BroadcastLike([])
        case .reverse: Reverse(axes: [])
        case .depthToSpace: DepthToSpace(blockSize: 0)
        case .spaceToDepth: SpaceToDepth(blockSize: 0)
        case .lstm: LSTM(activation: .none)
        case .simpleRNN: SimpleRNN(activation: .none)
        case .loop: Loop(body: Graph(name: ""), sequenceCount: 0)
        }
    }
}
