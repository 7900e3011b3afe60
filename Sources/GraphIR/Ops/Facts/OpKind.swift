/// The names of all operations, as they stand in the text form.
package enum OpKind: String, Sendable, CaseIterable {
    case conv2D, depthwiseConv2D, transposeConv2D, conv3D, transposeConv3D
    case fullyConnected, batchMatMul, pool2D, batchNormalization, unary
    case binary, leakyReLU, prelu, gelu, softmax
    case logSoftmax, l2Normalization, localResponseNormalization, reduce, argExtremum
    case topK, cumulativeSum, reshape, reshapeLike, transpose
    case concatenate, pad, mirrorPad, slice, boundedSlice
    case gather, oneHot, positions, shapeOf, cast, changeStorage
    case select, resize, tile, broadcast, broadcastLike
    case reverse, depthToSpace, spaceToDepth, lstm, simpleRNN
    case reverseSequence, recurrence, loop
}
