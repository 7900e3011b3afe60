import GraphIR

extension Op {
    /// Computes the outputs of a run of this operation.
    func compute(_ run: NodeRun) throws {
        switch self {
        case .conv2D(let op): try op.compute(run)
        case .depthwiseConv2D(let op): try op.compute(run)
        case .transposeConv2D(let op): try op.compute(run)
        case .conv3D(let op): try op.compute(run)
        case .transposeConv3D(let op): try op.compute(run)
        case .fullyConnected(let op): try op.compute(run)
        case .batchMatMul(let op): try op.compute(run)
        case .pool2D(let op): try op.compute(run)
        case .batchNormalization(let op): try op.compute(run)
        case .unary(let op): try op.compute(run)
        case .binary(let op): try op.compute(run)
        case .leakyReLU(let op): try op.compute(run)
        case .prelu(let op): try op.compute(run)
        case .gelu(let op): try op.compute(run)
        case .softmax(let op): try op.compute(run)
        case .logSoftmax(let op): try op.compute(run)
        case .l2Normalization(let op): try op.compute(run)
        case .localResponseNormalization(let op): try op.compute(run)
        case .reduce(let op): try op.compute(run)
        case .argExtremum(let op): try op.compute(run)
        case .topK(let op): try op.compute(run)
        case .cumulativeSum(let op): try op.compute(run)
        case .reshape(let op): try op.compute(run)
        case .transpose(let op): try op.compute(run)
        case .concatenate(let op): try op.compute(run)
        case .pad(let op): try op.compute(run)
        case .mirrorPad(let op): try op.compute(run)
        case .slice(let op): try op.compute(run)
        case .gather(let op): try op.compute(run)
        case .oneHot(let op): try op.compute(run)
        case .cast(let op): try op.compute(run)
        case .select(let op): try op.compute(run)
        case .resize(let op): try op.compute(run)
        case .tile(let op): try op.compute(run)
        case .broadcast(let op): try op.compute(run)
        case .reverse(let op): try op.compute(run)
        case .depthToSpace(let op): try op.compute(run)
        case .spaceToDepth(let op): try op.compute(run)
        case .lstm(let op): try op.compute(run)
        case .simpleRNN(let op): try op.compute(run)
        }
    }
}
