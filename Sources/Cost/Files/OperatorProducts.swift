import Foundations
import TFLiteFormat
import Tensors

/// The multiply-accumulate operations of one run of an operator that runs no subgraph.
package struct OperatorProducts {
    private let builtin: BuiltinOperator
    private let options: (any OptionsTable)?
    private let inputs: [[Int]]
    private let output: [Int]

    /// - Parameters:
    ///   - inputs: the shapes; empty for an input that is absent.
    ///   - output: the shape of the first output.
    package init(
        _ builtin: BuiltinOperator, _ options: (any OptionsTable)?, inputs: [[Int]], output: [Int]
    ) {
        self.builtin = builtin
        self.options = options
        self.inputs = inputs
        self.output = output
    }

    /// Their number, saturating; 0 for operators without products.
    package var count: Int {
        let (x, weights) = (shape(0), shape(1))
        switch builtin {
        case .conv2D: return product(output, weights.dropFirst())
        case .depthwiseConv2D: return product(output, weights.dropFirst().dropLast())
        case .conv3D: return product(output, weights.dropLast())
        case .fullyConnected: return product(output, weights.suffix(1))
        case .transposeConv, .conv3DTranspose: return product(shape(2), weights.dropLast())
        case .batchMatMul:
            guard let options = options as? BatchMatMulOptions else { return 0 }
            return product(output, (options.transposesLeft ? x.dropLast() : x[...]).suffix(1))
        default:
            // Each step of a recurrent operator multiplies with every element of its matrices.
            let elements = recurrentWeights.reduce(0) {
                saturatingSum($0, shape($1).isEmpty ? 0 : Shape(shape($1)).elementCount)
            }
            return saturatingProduct(elements, Shape(Array(x.dropLast())).elementCount)
        }
    }

    /// The inputs that a recurrent operator multiplies with in each step: matrices and, for LSTM, peephole vectors.
    private var recurrentWeights: [Int] {
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

    private func shape(_ position: Int) -> [Int] {
        inputs.indices.contains(position) ? inputs[position] : []
    }

    /// The product of all extents, saturating.
    private func product(_ a: [Int], _ b: ArraySlice<Int>) -> Int {
        Shape(a + b).elementCount
    }
}
