import Tensors

/// The attributes of one operation.
package protocol OpPayload: Sendable, Hashable, Codable {
    /// The name in the graph's text form.
    static var name: String { get }

    /// The case of `Op` that holds this payload.
    var op: Op { get }

    /// The types of the outputs for these inputs.
    ///
    /// - Throws: `Problem.Kind.invalidShape` where the inputs do not fit.
    func outputTypes(for inputs: [TensorType]) throws -> [TensorType]

    /// Multiply-accumulate operations of one run, free extents counted as one.
    func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int
}

extension OpPayload {
    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int { 0 }
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

    /// Every payload type that the text form can hold.
    package static let payloadTypes: [any OpPayload.Type] = [
        Conv2D.self, DepthwiseConv2D.self, TransposeConv2D.self, Conv3D.self,
        TransposeConv3D.self, FullyConnected.self, BatchMatMul.self, Pool2D.self,
        BatchNormalization.self, Unary.self, Binary.self, LeakyReLU.self, PReLU.self, GELU.self,
        Softmax.self, LogSoftmax.self, L2Normalization.self, LocalResponseNormalization.self,
        Reduce.self, ArgExtremum.self, TopK.self, CumulativeSum.self, Reshape.self,
        ReshapeLike.self, BoundedSlice.self, Positions.self, ShapeOf.self, BroadcastLike.self,
        Transpose.self, Concatenate.self, Pad.self, MirrorPad.self, Slice.self, Gather.self,
        OneHot.self, Cast.self, Select.self, Resize.self, Tile.self, Broadcast.self,
        Reverse.self, DepthToSpace.self, SpaceToDepth.self, LSTM.self,
        SimpleRNN.self,
    ]

    /// The operation's name in the graph's text form.
    package var name: String { type(of: payload).name }

    /// The types of the outputs for these inputs.
    ///
    /// - Throws: `Problem.Kind.invalidShape` where the inputs do not fit.
    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try payload.outputTypes(for: inputs)
    }
}
