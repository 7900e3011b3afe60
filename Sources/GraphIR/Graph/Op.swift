/// The operations of the graph: a closed set, smaller than Keras' layers.
///
/// Each case carries the attributes of its operation; tensors, weights included, are inputs of the node. The file of a
/// payload in `Ops/` documents inputs, outputs and layouts; those of loops and recurrences are beside this one, since they hold graphs.
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
    case changeStorage(ChangeStorage)
    case select(Select)
    case resize(Resize)
    case tile(Tile)
    case broadcast(Broadcast)
    case broadcastLike(BroadcastLike)
    case reverse(Reverse)
    case reverseSequence(ReverseSequence)
    case depthToSpace(DepthToSpace)
    case spaceToDepth(SpaceToDepth)
    case lstm(LSTM)
    case simpleRNN(SimpleRNN)
    case recurrence(Recurrence)
    case loop(Loop)
}

extension Op {
    /// The payload of the case.
    package var payload: any Operation {
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
        case .changeStorage(let payload): payload
        case .select(let payload): payload
        case .resize(let payload): payload
        case .tile(let payload): payload
        case .broadcast(let payload): payload
        case .broadcastLike(let payload): payload
        case .reverse(let payload): payload
        case .reverseSequence(let payload): payload
        case .depthToSpace(let payload): payload
        case .spaceToDepth(let payload): payload
        case .lstm(let payload): payload
        case .simpleRNN(let payload): payload
        case .recurrence(let payload): payload
        case .loop(let payload): payload
        }
    }
}

extension OpKind {
    /// An operation of this kind, whose attributes are to be set by reading them.
    package var blank: any Operation {
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
        case .changeStorage: ChangeStorage()
        case .select: Select()
        case .resize: Resize(.nearest, to: .size(.one))
        case .tile: Tile([])
        case .broadcast: Broadcast([])
        case .broadcastLike: BroadcastLike([])
        case .reverse: Reverse(axes: [])
        case .reverseSequence: ReverseSequence(axis: 0, batchAxis: 0)
        case .depthToSpace: DepthToSpace(blockSize: 0)
        case .spaceToDepth: SpaceToDepth(blockSize: 0)
        case .lstm: LSTM(activation: .none)
        case .simpleRNN: SimpleRNN(activation: .none)
        case .recurrence:
            Recurrence(
                RecurrenceCell(
                    step: Graph(name: ""), projectionCount: 0, outputState: 0, sequence: nil))
        case .loop: Loop(body: Graph(name: ""), sequenceCount: 0)
        }
    }
}

/// A payload that is a case of `Op`.
package protocol Operation: OpPayload {
    /// The case that holds this payload.
    var op: Op { get }

    /// The graphs that a run of the operation runs; most run none.
    var bodies: [Graph] { get }

    /// The operation as one that moves a window; nil if it does not.
    var slidingWindow: (any SlidingWindow2D & Operation)? { get }

    /// The operation as one that reads indices; nil if it does not.
    var indexReading: (any IndexReading)? { get }
}

extension Operation {
    package var bodies: [Graph] { [] }
    package var slidingWindow: (any SlidingWindow2D & Operation)? { nil }
    package var indexReading: (any IndexReading)? { nil }
}

// Casts to a protocol would search all conformances of the program, once for each type.
extension Operation where Self: SlidingWindow2D {
    package var slidingWindow: (any SlidingWindow2D & Operation)? { self }
}

extension Operation where Self: IndexReading {
    package var indexReading: (any IndexReading)? { self }
}

extension Conv2D: Operation { package var op: Op { .conv2D(self) } }
extension DepthwiseConv2D: Operation { package var op: Op { .depthwiseConv2D(self) } }
extension TransposeConv2D: Operation { package var op: Op { .transposeConv2D(self) } }
extension Conv3D: Operation { package var op: Op { .conv3D(self) } }
extension TransposeConv3D: Operation { package var op: Op { .transposeConv3D(self) } }
extension FullyConnected: Operation { package var op: Op { .fullyConnected(self) } }
extension BatchMatMul: Operation { package var op: Op { .batchMatMul(self) } }
extension Pool2D: Operation { package var op: Op { .pool2D(self) } }
extension BatchNormalization: Operation { package var op: Op { .batchNormalization(self) } }
extension Unary: Operation { package var op: Op { .unary(self) } }
extension Binary: Operation { package var op: Op { .binary(self) } }
extension LeakyReLU: Operation { package var op: Op { .leakyReLU(self) } }
extension PReLU: Operation { package var op: Op { .prelu(self) } }
extension GELU: Operation { package var op: Op { .gelu(self) } }
extension Softmax: Operation { package var op: Op { .softmax(self) } }
extension LogSoftmax: Operation { package var op: Op { .logSoftmax(self) } }
extension L2Normalization: Operation { package var op: Op { .l2Normalization(self) } }
extension LocalResponseNormalization: Operation {
    package var op: Op { .localResponseNormalization(self) }
}
extension Reduce: Operation { package var op: Op { .reduce(self) } }
extension ArgExtremum: Operation { package var op: Op { .argExtremum(self) } }
extension TopK: Operation { package var op: Op { .topK(self) } }
extension CumulativeSum: Operation { package var op: Op { .cumulativeSum(self) } }
extension Reshape: Operation { package var op: Op { .reshape(self) } }
extension ReshapeLike: Operation { package var op: Op { .reshapeLike(self) } }
extension Transpose: Operation { package var op: Op { .transpose(self) } }
extension Concatenate: Operation { package var op: Op { .concatenate(self) } }
extension Pad: Operation { package var op: Op { .pad(self) } }
extension MirrorPad: Operation { package var op: Op { .mirrorPad(self) } }
extension Slice: Operation { package var op: Op { .slice(self) } }
extension BoundedSlice: Operation { package var op: Op { .boundedSlice(self) } }
extension Gather: Operation { package var op: Op { .gather(self) } }
extension OneHot: Operation { package var op: Op { .oneHot(self) } }
extension Positions: Operation { package var op: Op { .positions(self) } }
extension ShapeOf: Operation { package var op: Op { .shapeOf(self) } }
extension Cast: Operation { package var op: Op { .cast(self) } }
extension ChangeStorage: Operation { package var op: Op { .changeStorage(self) } }
extension Select: Operation { package var op: Op { .select(self) } }
extension Resize: Operation { package var op: Op { .resize(self) } }
extension Tile: Operation { package var op: Op { .tile(self) } }
extension Broadcast: Operation { package var op: Op { .broadcast(self) } }
extension BroadcastLike: Operation { package var op: Op { .broadcastLike(self) } }
extension Reverse: Operation { package var op: Op { .reverse(self) } }
extension ReverseSequence: Operation { package var op: Op { .reverseSequence(self) } }
extension DepthToSpace: Operation { package var op: Op { .depthToSpace(self) } }
extension SpaceToDepth: Operation { package var op: Op { .spaceToDepth(self) } }
extension LSTM: Operation { package var op: Op { .lstm(self) } }
extension SimpleRNN: Operation { package var op: Op { .simpleRNN(self) } }
extension Recurrence: Operation { package var op: Op { .recurrence(self) } }
extension Loop: Operation { package var op: Op { .loop(self) } }
