import Cost
import GraphIR
import Interpreter
import TFLiteFormat
import TFLiteLowering
import Targets

/// The operations of a model or the operators of a file, with what they cost and what they read.
public struct GraphOutline: Sendable, Codable {
    /// An operation.
    public struct Operator: Sendable, Codable {
        /// The name of its first result.
        public let name: String
        /// What it is, such as `CONV_2D` in a file or `conv2D` in a model.
        public let kind: String
        /// The Keras layer that asked for it, as a path through nested models.
        public let layer: String
        /// The extents of its first result; −1 for free ones.
        public let shape: [Int]
        /// How its first result is stored, such as `float32` or `int8, scale 0.5, zero point 3`.
        public let storage: String
        /// Elements of weights and other constants that it reads.
        public let parameters: Int
        /// Bytes of these constants.
        public let parameterBytes: Int
        /// Multiply-accumulate operations of a run.
        public let multiplyAccumulates: Int
        /// The seconds of a run that the cost model predicts.
        public let predictedSeconds: Double
        /// The operators whose results it reads, by their places in the list; those of the model's inputs are left out.
        public let inputs: [Int]
    }

    /// The operators in running order.
    public let operators: [Operator]
}

/// The graphs of a conversion.
public struct GraphPair: Sendable, Codable {
    /// The model as it was read.
    public let before: GraphOutline
    /// The file as it was written.
    public let after: GraphOutline
}

extension GraphOutline {
    /// The operations of a graph.
    init(_ graph: Graph) {
        let costs = CostModel.liteRT
        let resident = graph.values.reduce(0) { $0 + ($1.constant?.byteCount ?? 0) }
        var makers: [ValueID: Int] = [:]
        operators = graph.nodes.enumerated().map { index, node in
            for output in node.outputs { makers[output] = index }
            let constants = node.inputs.compactMap { graph.constant($0) }
            let work = OperatorWork(
                of: node.op, inputs: graph.types(of: node.inputs),
                constants: node.inputs.count - constants.count..<node.inputs.count,
                outputs: graph.types(of: node.outputs))
            let result = graph[node.output]
            return Operator(
                name: result.name, kind: node.op.functionName, layer: node.layer,
                shape: result.shape.dims,
                storage: result.dtype.rawValue,
                parameters: constants.reduce(0) { $0 + $1.shape.elementCount },
                parameterBytes: constants.reduce(0) { $0 + $1.byteCount },
                multiplyAccumulates: work.multiplyAccumulates,
                predictedSeconds: costs.time(of: work, residentBytes: resident) / 1e9,
                inputs: Set(node.inputs.compactMap { makers[$0] }).sorted())
        }
    }

    /// The operators of the first subgraph of a file.
    init(_ lowered: LoweredModel) {
        let (model, subgraph) = (lowered.model, lowered.model.subgraphs[0])
        let seconds = FileTime(model, .liteRT).operatorSeconds
        var work = FileWork(model)
        var makers: [TensorIndex: Int] = [:]
        operators = subgraph.operators.enumerated().map { index, node in
            for output in node.outputs { makers[output] = index }
            let constants = node.inputs.filter { !$0.isAbsent }.map { subgraph[$0] }
                .filter { model.source(of: $0) != nil }
            let result = subgraph[node.outputs[0]]
            let quantization = LiteQuantization(result)?.description
            return Operator(
                name: result.name, kind: model.name(of: node),
                layer: lowered.operatorLayers[index], shape: result.freeShape.dims,
                storage: ([result.type.dtype?.rawValue ?? "\(result.type)"]
                    + [quantization].compactMap { $0 })
                    .joined(separator: ", "),
                parameters: constants.reduce(0) { $0 + $1.freeShape.elementCount },
                parameterBytes: constants.reduce(0) { $0 + (model.source(of: $1)?.byteCount ?? 0) },
                multiplyAccumulates: work.multiplyAccumulates(of: node, in: subgraph),
                predictedSeconds: seconds[index],
                inputs: Set(node.inputs.compactMap { makers[$0] }).sorted())
        }
    }
}
