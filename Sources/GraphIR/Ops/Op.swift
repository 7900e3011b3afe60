/// The operations of the graph: a closed set, smaller than Keras' layers.
///
/// Each case carries the attributes of its operation; tensors, weights included, are inputs of the node. The file of a
/// payload in `Ops/` documents inputs, outputs and layouts.
package enum Op: Sendable, Hashable {
    case conv2D(Conv2D)
    case depthwiseConv2D(DepthwiseConv2D)
    case transposeConv2D(TransposeConv2D)
    case conv3D(Conv3D)
    case transposeConv3D(TransposeConv3D)
    case fullyConnected(FullyConnected)
    case batchMatMul(BatchMatMul)
    case pool2D(Pool2D)
    case batchNormalization(BatchNormalization)
    case unary(Unary)
    case binary(Binary)
    case leakyReLU(LeakyReLU)
    case prelu(PReLU)
    case gelu(GELU)
    case softmax(Softmax)
    case logSoftmax(LogSoftmax)
    case l2Normalization(L2Normalization)
    case localResponseNormalization(LocalResponseNormalization)
    case reduce(Reduce)
    case argExtremum(ArgExtremum)
    case topK(TopK)
    case cumulativeSum(CumulativeSum)
    case reshape(Reshape)
    case reshapeLike(ReshapeLike)
    case transpose(Transpose)
    case concatenate(Concatenate)
    case pad(Pad)
    case mirrorPad(MirrorPad)
    case slice(Slice)
    case boundedSlice(BoundedSlice)
    case gather(Gather)
    case oneHot(OneHot)
    case positions(Positions)
    case shapeOf(ShapeOf)
    case cast(Cast)
    case select(Select)
    case resize(Resize)
    case tile(Tile)
    case broadcast(Broadcast)
    case broadcastLike(BroadcastLike)
    case reverse(Reverse)
    case depthToSpace(DepthToSpace)
    case spaceToDepth(SpaceToDepth)
    case lstm(LSTM)
    case simpleRNN(SimpleRNN)
    case loop(Loop)
}

extension Op {
    /// The payload of the case.
    package var payload: any OpPayload {
        switch self {
        case .conv2D(let payload): payload
        case .depthwiseConv2D(let payload): payload
        case .transposeConv2D(let payload): payload
        case .conv3D(let payload): payload
        case .transposeConv3D(let payload): payload
        case .fullyConnected(let payload): payload
        case .batchMatMul(let payload): payload
        case .pool2D(let payload): payload
        case .batchNormalization(let payload): payload
        case .unary(let payload): payload
        case .binary(let payload): payload
        case .leakyReLU(let payload): payload
        case .prelu(let payload): payload
        case .gelu(let payload): payload
        case .softmax(let payload): payload
        case .logSoftmax(let payload): payload
        case .l2Normalization(let payload): payload
        case .localResponseNormalization(let payload): payload
        case .reduce(let payload): payload
        case .argExtremum(let payload): payload
        case .topK(let payload): payload
        case .cumulativeSum(let payload): payload
        case .reshape(let payload): payload
        case .reshapeLike(let payload): payload
        case .transpose(let payload): payload
        case .concatenate(let payload): payload
        case .pad(let payload): payload
        case .mirrorPad(let payload): payload
        case .slice(let payload): payload
        case .boundedSlice(let payload): payload
        case .gather(let payload): payload
        case .oneHot(let payload): payload
        case .positions(let payload): payload
        case .shapeOf(let payload): payload
        case .cast(let payload): payload
        case .select(let payload): payload
        case .resize(let payload): payload
        case .tile(let payload): payload
        case .broadcast(let payload): payload
        case .broadcastLike(let payload): payload
        case .reverse(let payload): payload
        case .depthToSpace(let payload): payload
        case .spaceToDepth(let payload): payload
        case .lstm(let payload): payload
        case .simpleRNN(let payload): payload
        case .loop(let payload): payload
        }
    }
}
