import GraphIR
import Problems
import TFLiteFormat
import Targets
import Tensors

/// Writes a graph as a TFLite model, one operation as one operator.
///
/// Tensors carry the names of their values, inputs and outputs keep the order of the graph, and the signature
/// `serving_default` knows them by the names of their ports. Equal constants are one tensor. The result depends on the graph alone.
///
/// - Parameter target: what runs the file; `Legalize` fits a graph to it.
/// - Throws: `Problem.Kind.unsupportedOperator`, naming the layer, if the target has no operator that does what a node does.
package func lower(_ graph: Graph, for target: Target) throws -> LoweredModel {
    let writer = SubgraphWriter(
        graph, of: ModelParts(), for: target, placeholders: try PlaceholderShapes(graph))
    try writer.addInputs(graph.inputs.map(\.value))
    let handles = try writer.readStates()
    try writer.writeNodes()
    try writer.addOutputs()
    try writer.writeStates(handles)
    return writer.finishModel()
}

/// A TFLite model and what its parts come from.
package struct LoweredModel: Sendable {
    /// The model, ready to be written.
    package var model: TFLiteModel
    /// For each operator of the model the path of the Keras layer that asked for it.
    package var operatorLayers: [String]
    /// For each value of the graph that the model holds its tensor.
    package var tensors: [ValueID: TensorIndex]
}

extension NodeLowering {
    /// Adds the operator of the node.
    func lower() throws {
        switch node.op {
        case .conv2D(let op): try op.lower(self)
        case .depthwiseConv2D(let op): try op.lower(self)
        case .transposeConv2D(let op): try op.lower(self)
        case .conv3D(let op): try op.lower(self)
        case .transposeConv3D(let op): try op.lower(self)
        case .fullyConnected(let op): try op.lower(self)
        case .batchMatMul(let op): try op.lower(self)
        case .pool2D(let op): try op.lower(self)
        case .batchNormalization(let op): try op.lower(self)
        case .unary(let op): try op.lower(self)
        case .binary(let op): try op.lower(self)
        case .leakyReLU(let op): try op.lower(self)
        case .prelu(let op): try op.lower(self)
        case .gelu(let op): try op.lower(self)
        case .softmax(let op): try op.lower(self)
        case .logSoftmax(let op): try op.lower(self)
        case .l2Normalization(let op): try op.lower(self)
        case .localResponseNormalization(let op): try op.lower(self)
        case .reduce(let op): try op.lower(self)
        case .argExtremum(let op): try op.lower(self)
        case .topK(let op): try op.lower(self)
        case .cumulativeSum(let op): try op.lower(self)
        case .reshape(let op): try op.lower(self)
        case .reshapeLike(let op): try op.lower(self)
        case .transpose(let op): try op.lower(self)
        case .concatenate(let op): try op.lower(self)
        case .pad(let op): try op.lower(self)
        case .mirrorPad(let op): try op.lower(self)
        case .slice(let op): try op.lower(self)
        case .boundedSlice(let op): try op.lower(self)
        case .gather(let op): try op.lower(self)
        case .oneHot(let op): try op.lower(self)
        case .positions(let op): try op.lower(self)
        case .shapeOf(let op): try op.lower(self)
        case .cast(let op): try op.lower(self)
        case .changeStorage(let op): try op.lower(self)
        case .select(let op): try op.lower(self)
        case .resize(let op): try op.lower(self)
        case .tile(let op): try op.lower(self)
        case .broadcast(let op): try op.lower(self)
        case .broadcastLike(let op): try op.lower(self)
        case .reverse(let op): try op.lower(self)
        case .reverseSequence(let op): try op.lower(self)
        case .depthToSpace(let op): try op.lower(self)
        case .spaceToDepth(let op): try op.lower(self)
        case .lstm(let op): try op.lower(self)
        case .simpleRNN(let op): try op.lower(self)
        case .recurrence: throw unsupported("it has not been expanded")
        case .loop(let op): try op.lower(self)
        }
    }
}
