import Foundations
import TFLiteFormat
import Tensors

/// Counts the arithmetic that the operators of a TFLite file do.
package struct FileWork {
    private let model: TFLiteModel
    /// What one run of a subgraph costs, for those that were counted; 0 while one is being counted.
    private var known: [Int: Int] = [:]
    /// How many operators the one being counted is inside of.
    private var depth = 0

    /// The most operators with subgraphs inside each other that are followed, as many as the interpreter runs.
    private static let largestDepth = 8

    package init(_ model: TFLiteModel) {
        self.model = model
    }

    /// Multiply-accumulate operations of one run of a subgraph, saturating.
    package mutating func multiplyAccumulates(ofSubgraph index: Int) -> Int {
        if let cost = known[index] { return cost }
        guard model.subgraphs.indices.contains(index), depth <= Self.largestDepth else { return 0 }
        known[index] = 0
        depth += 1
        defer { depth -= 1 }
        let subgraph = model.subgraphs[index]
        let sum = subgraph.operators.reduce(0) {
            saturatingSum($0, multiplyAccumulates(of: $1, in: subgraph))
        }
        known[index] = sum
        return sum
    }

    /// Multiply-accumulate operations of one run of an operator; 0 for operators without products.
    ///
    /// A loop counts with all its rounds if the file says how many they are, else with one; a branch as its more expensive side.
    package mutating func multiplyAccumulates(
        of node: TFLiteOperator, in subgraph: TFLiteSubgraph
    ) -> Int {
        switch node.options?.table {
        case let loop as WhileOptions:
            let rounds = LoopRounds(model).count(of: node, loop, in: subgraph) ?? 1
            return saturatingProduct(rounds, multiplyAccumulates(ofSubgraph: loop.bodySubgraph))
        case let branch as IfOptions:
            return max(
                multiplyAccumulates(ofSubgraph: branch.thenSubgraph),
                multiplyAccumulates(ofSubgraph: branch.elseSubgraph))
        default:
            return products(OperandShapes(node, subgraph), node)
        }
    }

    /// The multiply-accumulate operations of an operator that runs no subgraph.
    private func products(_ shapes: OperandShapes, _ node: TFLiteOperator) -> Int {
        let (x, weights, output) = (shapes[0], shapes[1], shapes.output)
        let builtin = model[node.opcodeIndex].builtin
        switch builtin {
        case .conv2D: return Self.product(output, weights.dropFirst())
        case .depthwiseConv2D: return Self.product(output, weights.dropFirst().dropLast())
        case .conv3D: return Self.product(output, weights.dropLast())
        case .fullyConnected: return Self.product(output, weights.suffix(1))
        case .transposeConv, .conv3DTranspose: return Self.product(shapes[2], weights.dropLast())
        case .batchMatMul:
            guard let options = node.options?.as(BatchMatMulOptions.self) else { return 0 }
            return Self.product(output, (options.transposesLeft ? x.dropLast() : x[...]).suffix(1))
        default:
            // Each step of a recurrent operator multiplies with every element of its matrices.
            let elements = Self.recurrentWeights(builtin, node.options?.table).reduce(0) {
                saturatingSum($0, shapes[$1].isEmpty ? 0 : Shape(shapes[$1]).elementCount)
            }
            return saturatingProduct(elements, Shape(Array(x.dropLast())).elementCount)
        }
    }

    /// The inputs that a recurrent operator multiplies with in each step: matrices and, for LSTM, peephole vectors.
    private static func recurrentWeights(
        _ builtin: BuiltinOperator, _ options: (any OptionsTable)?
    ) -> [Int] {
        switch builtin {
        case .lstm:
            if (options as? LSTMOptions)?.kernelType == .basic { return [2] }
            return Array(1...11) + [16]
        case .unidirectionalSequenceLSTM: return Array(1...11) + [16]
        case .bidirectionalSequenceLSTM:
            return Array(1...11) + [16] + Array(18...28) + [33] + Array(40...47)
        case .rnn, .unidirectionalSequenceRNN, .svdf: return [1, 2]
        case .bidirectionalSequenceRNN: return [1, 2, 5, 6, 10, 11]
        default: return []
        }
    }

    /// The product of all extents, saturating.
    private static func product(_ a: [Int], _ b: ArraySlice<Int>) -> Int {
        Shape(a + b).elementCount
    }
}

/// The shapes that a file says of the operands of an operator, with 1 for free extents.
private struct OperandShapes {
    private let node: TFLiteOperator
    private let subgraph: TFLiteSubgraph

    init(_ node: TFLiteOperator, _ subgraph: TFLiteSubgraph) {
        self.node = node
        self.subgraph = subgraph
    }

    /// The shape of an input; empty if it is absent.
    subscript(_ position: Int) -> [Int] {
        guard node.inputs.indices.contains(position), !node.inputs[position].isAbsent
        else { return [] }
        return subgraph[node.inputs[position]].shape
    }

    /// The shape of the first output.
    var output: [Int] {
        node.outputs.first.flatMap { $0.isAbsent ? nil : subgraph[$0].shape } ?? []
    }
}
