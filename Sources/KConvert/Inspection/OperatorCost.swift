import TFLiteFormat

/// The arithmetic that operators of a TFLite file do.
enum OperatorCost {
    /// Multiply-accumulate operations of one run; 0 for operators that are no products.
    static func multiplyAccumulates(
        of node: TFLiteOperator, in subgraph: TFLiteSubgraph, _ model: TFLiteModel
    ) -> Int {
        func shape(_ position: Int) -> [Int] {
            guard node.inputs.indices.contains(position), node.inputs[position] >= 0 else {
                return []
            }
            return subgraph.tensors[node.inputs[position]].shape
        }
        guard let output = node.outputs.first.map({ subgraph.tensors[$0].shape }) else { return 0 }
        switch model.operatorCodes[node.opcodeIndex].builtin {
        case .conv2D: return product(output, shape(1).dropFirst())
        case .depthwiseConv2D: return product(output, shape(1).dropFirst().dropLast())
        case .conv3D: return product(output, shape(1).dropLast())
        case .fullyConnected: return product(output, shape(1).suffix(1))
        case .transposeConv: return product(shape(2), shape(1).dropLast())
        case .conv3DTranspose: return product(shape(2), shape(1).dropLast())
        case .batchMatMul:
            guard case .batchMatMul(let options) = node.options else { return 0 }
            let a = shape(0)
            return product(output, (options.transposesLeft ? a.dropLast() : a[...]).suffix(1))
        default: return 0
        }
    }

    /// The product of all extents, limited to `Int.max`.
    private static func product(_ a: [Int], _ b: ArraySlice<Int>) -> Int {
        (a + b).reduce(1) { product, extent in
            let (next, overflow) = product.multipliedReportingOverflow(by: extent)
            return overflow ? Int.max : next
        }
    }
}
