import TFLiteFormat
import Tensors

extension Planner {
    /// The operands, with quantized weights that are multiplied with floats as floats.
    ///
    /// The runtime would quantize the other operand instead, which is less exact.
    mutating func widening(
        _ operands: [Operand?], of builtin: BuiltinOperator, _ node: TFLiteOperator
    ) throws -> [Operand?] {
        guard builtin.hasWeights, let output = node.outputs.first, output >= 0,
            graph.tensors[output].type == .float32
        else { return operands }
        return try operands.map { operand in
            guard let operand, operand.known != nil, operand.quantization != nil,
                let slices = QuantizedSlices(operand), operand.dtype == .int8
            else { return operand }
            return try widened(operand, slices)
        }
    }

    private mutating func widened(
        _ operand: Operand, _ slices: QuantizedSlices
    ) throws -> Operand {
        let tensor = widenedTensors[operand.tensor] ?? types.count
        if tensor == types.count, let source = operand.known {
            let type = Plan.PlannedType(dtype: .float32, shape: operand.shape)
            try budget.take(
                type.byteCount, for: "the weights '\(graph.tensors[operand.tensor].name)'")
            let storage = TensorStorage(byteCount: type.byteCount)
            slices.widen(
                source.bytes.bindMemory(to: Int8.self),
                to: storage.mutableBytes.bindMemory(to: Float.self))
            types.append(type)
            known.append(KnownElements(storage))
            isEarlier.append(false)
            widenedTensors[operand.tensor] = tensor
        }
        return Operand(
            tensor: tensor, dtype: .float32, shape: operand.shape, known: known[tensor],
            quantization: nil)
    }
}

extension BuiltinOperator {
    /// Whether the operator multiplies floats with weights that can be quantized.
    fileprivate var hasWeights: Bool {
        switch self {
        case .conv2D, .depthwiseConv2D, .transposeConv, .fullyConnected, .batchMatMul,
            .embeddingLookup, .lstm, .unidirectionalSequenceLSTM, .bidirectionalSequenceLSTM, .rnn,
            .unidirectionalSequenceRNN, .bidirectionalSequenceRNN, .svdf:
            true
        default: false
        }
    }
}
