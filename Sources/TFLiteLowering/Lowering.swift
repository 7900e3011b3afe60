import GraphIR
import Problems
import TFLiteFormat
import Tensors

/// Writes a graph as a TFLite model.
///
/// Tensors carry the names of their values, inputs and outputs keep the order of the graph, and the signature
/// `serving_default` knows them by the names of their ports. Every output is a tensor of its own. Equal constants are
/// one tensor. The result depends on the graph alone.
///
/// - Throws: `Problem.Kind.unsupportedOperator`, naming the layer, where no operator of TFLite does what a node does.
package func lower(_ graph: Graph) throws -> LoweredModel {
    let assembler = ModelAssembler(graph)
    try assembler.lowerNodes()
    return try assembler.finish()
}

/// A TFLite model and what its parts come from.
package struct LoweredModel: Sendable {
    /// The model, ready to be written.
    package var model: TFLiteModel
    /// For each operator of the model the path of the Keras layer that asked for it.
    package var operatorLayers: [String]
    /// For each value of the graph that the model holds its tensor.
    package var tensors: [ValueID: Int]
}

extension ModelAssembler {
    /// Adds the operators of all nodes.
    func lowerNodes() throws {
        for node in graph.nodes {
            try locating(layer: node.layer) {
                try TFLiteLowering.lower(node, NodeLowering(node, self))
            }
        }
    }
}

private func lower(_ node: Node, _ lowering: NodeLowering) throws {
    switch node.op {
    case .conv2D(let op): try op.lower(lowering)
    case .depthwiseConv2D(let op): try op.lower(lowering)
    case .transposeConv2D(let op): try op.lower(lowering)
    case .conv3D(let op): try op.lower(lowering)
    case .transposeConv3D(let op): try op.lower(lowering)
    case .fullyConnected(let op): try op.lower(lowering)
    case .batchMatMul(let op): try op.lower(lowering)
    case .pool2D(let op): try op.lower(lowering)
    case .batchNormalization(let op): try op.lower(lowering)
    case .unary(let op): try op.lower(lowering)
    case .binary(let op): try op.lower(lowering)
    case .leakyReLU(let op): try op.lower(lowering)
    case .prelu(let op): try op.lower(lowering)
    case .gelu(let op): try op.lower(lowering)
    case .softmax(let op): try op.lower(lowering)
    case .logSoftmax(let op): try op.lower(lowering)
    case .l2Normalization(let op): try op.lower(lowering)
    case .localResponseNormalization(let op): try op.lower(lowering)
    case .reduce(let op): try op.lower(lowering)
    case .argExtremum(let op): try op.lower(lowering)
    case .topK(let op): try op.lower(lowering)
    case .cumulativeSum(let op): try op.lower(lowering)
    case .reshape(let op): try op.lower(lowering)
    case .reshapeLike(let op): try op.lower(lowering)
    case .transpose(let op): try op.lower(lowering)
    case .concatenate(let op): try op.lower(lowering)
    case .pad(let op): try op.lower(lowering)
    case .mirrorPad(let op): try op.lower(lowering)
    case .slice(let op): try op.lower(lowering)
    case .boundedSlice(let op): try op.lower(lowering)
    case .gather(let op): try op.lower(lowering)
    case .oneHot(let op): try op.lower(lowering)
    case .positions(let op): try op.lower(lowering)
    case .shapeOf(let op): try op.lower(lowering)
    case .cast(let op): try op.lower(lowering)
    case .select(let op): try op.lower(lowering)
    case .resize(let op): try op.lower(lowering)
    case .tile(let op): try op.lower(lowering)
    case .broadcast(let op): try op.lower(lowering)
    case .broadcastLike(let op): try op.lower(lowering)
    case .reverse(let op): try op.lower(lowering)
    case .depthToSpace(let op): try op.lower(lowering)
    case .spaceToDepth(let op): try op.lower(lowering)
    case .lstm(let op): try op.lower(lowering)
    case .simpleRNN(let op): try op.lower(lowering)
    case .loop(let op): try op.lower(lowering)
    }
}
