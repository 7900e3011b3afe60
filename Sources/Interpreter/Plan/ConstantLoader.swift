import Problems
import TFLiteFormat
import Tensors

/// Makes the constants of a subgraph available to its operators.
struct ConstantLoader {
    private let model: TFLiteModel
    private let subgraph: Int
    private let weights: PackedConstants
    /// For quantized constants the tensors, behind those of the file, that hold them as floats.
    private var dequantized: [TensorIndex: TensorIndex] = [:]

    init(_ model: TFLiteModel, subgraph: Int, weights: PackedConstants) {
        self.model = model
        self.subgraph = subgraph
        self.weights = weights
    }

    private var graph: TFLiteSubgraph { model.subgraphs[subgraph] }

    /// The elements of a constant that a buffer of the file stores.
    ///
    /// - Throws: `Problem.Kind.malformed` or `truncated` if the file contradicts itself, `tooLarge` if a sparse tensor
    ///   exceeds the budget.
    func elements(
        of index: TensorIndex, _ type: Plan.PlannedType, in source: any BufferSource,
        _ budget: inout MemoryBudget
    ) throws -> KnownElements {
        if let sparsity = graph[index].sparsity {
            guard graph[index].type.dtype != nil else {
                throw Problem(
                    .malformed(
                        what: "tensor '\(graph[index].name)'",
                        reason: "sparse elements have less than 8 bits"))
            }
            return try dense(source, index, type, sparsity, &budget)
        }
        if let bits = graph[index].type.bitCount, bits < 8 {
            return try unpacked(index, type, bits: bits, source, &budget)
        }
        let count = type.byteCount
        let packed = weights.packed(subgraph: subgraph, tensor: index)
        if let bytes = source.contiguousBytes, bytes.count >= count, let base = bytes.baseAddress,
            UInt(bitPattern: base) % UInt(type.dtype.byteCount) == 0
        {
            return KnownElements(base, byteCount: count, owner: source, packed: packed)
        }
        guard source.byteCount >= count else {
            throw Problem(.truncated(what: "tensor '\(graph[index].name)'"))
        }
        let storage = TensorStorage(byteCount: source.byteCount)
        try source.fill(storage.mutableBytes, from: 0)
        return KnownElements(storage, byteCount: count, packed: packed)
    }

    /// The elements of a constant of less than 8 bits each, lowest bits first, as bytes.
    private func unpacked(
        _ index: TensorIndex, _ type: Plan.PlannedType, bits: Int, _ source: any BufferSource,
        _ budget: inout MemoryBudget
    ) throws -> KnownElements {
        let tensor = graph[index]
        let (count, perByte) = (type.shape.elementCount, 8 / bits)
        guard source.byteCount >= (count + perByte - 1) / perByte else {
            throw Problem(.truncated(what: "tensor '\(tensor.name)'"))
        }
        try budget.take(count, for: "the weights '\(tensor.name)'")
        let stored = TensorStorage(byteCount: max(source.byteCount, 1))
        try source.fill(
            UnsafeMutableRawBufferPointer(rebasing: stored.mutableBytes.prefix(source.byteCount)),
            from: 0)
        let storage = TensorStorage(byteCount: max(count, 1))
        let elements = storage.mutableBytes
        let sign: UInt8 = tensor.type == .uint4 ? 0 : 1 << (bits - 1)
        for element in 0..<count {
            let byte = stored.mutableBytes[element / perByte] >> (element % perByte * bits)
            elements[element] = ((byte & (1 << bits - 1)) ^ sign) &- sign
        }
        return KnownElements(
            storage, byteCount: count, packed: weights.packed(subgraph: subgraph, tensor: index))
    }

    /// The elements of a sparse constant with the zeros between them.
    private func dense(
        _ source: any BufferSource, _ index: TensorIndex, _ type: Plan.PlannedType,
        _ sparsity: TFLiteSparsity, _ budget: inout MemoryBudget
    ) throws -> KnownElements {
        let name = graph[index].name
        _ = try budget.byteCount(type.dtype, type.shape, name)
        try budget.take(type.byteCount, for: "the sparse tensor '\(name)'")
        let size = type.dtype.byteCount
        let elements = try SparseElements(
            sparsity, shape: type.shape, elementSize: size,
            storedCount: source.byteCount / max(size, 1), name: name)
        let stored = TensorStorage(byteCount: source.byteCount)
        try source.fill(stored.mutableBytes, from: 0)
        return elements.dense(UnsafeRawBufferPointer(stored.mutableBytes))
    }

    /// The operands of an operator, with quantized weights that are multiplied with floats as floats.
    ///
    /// - Throws: `Problem.Kind.tooLarge` if the floats exceed the budget.
    mutating func dequantizing(
        _ operands: [Operand?], of node: TFLiteOperator, _ tensors: inout TensorTable,
        _ budget: inout MemoryBudget
    ) throws -> [Operand?] {
        let isBlockwise = operands.contains { $0?.quantization?.details?.blocks != nil }
        let builtin = model[node.opcodeIndex].builtin
        guard builtin.dequantizesWeights && !builtin.hasHybridForm(operands) || isBlockwise,
            builtin != .embeddingLookup,
            let output = node.outputs.first, !output.isAbsent, graph[output].type == .float32
        else { return operands }
        return try operands.map { operand in
            guard let operand, let source = operand.known, operand.dtype == .int8,
                let slices = QuantizedSlices(operand)
            else { return operand }
            let type = Plan.PlannedType(dtype: .float32, shape: operand.shape)
            let tensor: TensorIndex
            if let known = dequantized[operand.tensor] {
                tensor = known
            } else {
                try budget.take(
                    type.byteCount, for: "the weights '\(graph[operand.tensor].name)'")
                let storage = TensorStorage(byteCount: type.byteCount)
                slices.dequantize(
                    source.bytes.bindMemory(to: Int8.self),
                    to: storage.mutableBytes.bindMemory(to: Float.self))
                tensor = tensors.add(type, KnownElements(storage, byteCount: type.byteCount))
                dequantized[operand.tensor] = tensor
            }
            return Operand(
                tensor: tensor, dtype: type.dtype, shape: type.shape, known: tensors.known[tensor],
                quantization: nil)
        }
    }
}

extension BuiltinOperator {
    /// Whether the operator multiplies floats, which it rounds, by weights as these are.
    fileprivate func hasHybridForm(_ operands: [Operand?]) -> Bool {
        guard self == .transposeConv || self == .batchMatMul, operands.count > 1,
            let weights = operands[1], weights.known != nil, weights.dtype == .int8,
            let quantization = weights.quantization, quantization.details == nil
        else { return false }
        return quantization.zeroPoint.allSatisfy { $0 == 0 }
            && (self == .transposeConv || quantization.scale.count == 1)
    }

    /// Whether the operator gets weights that can be quantized as floats, since it has no form for both, or not for all.
    fileprivate var dequantizesWeights: Bool {
        switch self {
        case .transposeConv, .batchMatMul, .lstm, .unidirectionalSequenceLSTM,
            .bidirectionalSequenceLSTM, .rnn,
            .unidirectionalSequenceRNN, .bidirectionalSequenceRNN, .svdf:
            true
        default: false
        }
    }
}
