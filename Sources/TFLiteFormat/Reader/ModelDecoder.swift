import Problems

/// Makes a model from the tables of a file.
struct ModelDecoder {
    private let file: FlatBytes
    private let owner: AnyObject

    init(_ bytes: UnsafeRawBufferPointer, owner: AnyObject) {
        file = FlatBytes(bytes)
        self.owner = owner
    }

    /// The model.
    ///
    /// - Throws: `Problem.Kind.malformed`, `truncated` or `unsupportedOperator`. Indices are not checked.
    func model() throws -> TFLiteModel {
        guard file.bytes.count >= 8 else { throw Problem(.truncated(what: "the TFLite file")) }
        guard file.bytes[4..<8].elementsEqual(TFLiteWriter.identifier.utf8) else {
            throw Problem(
                .malformed(
                    what: "TFLite file",
                    reason: "bytes 4 to 7 are not \(TFLiteWriter.identifier)"))
        }
        let root = try file.root()
        var model = TFLiteModel()
        model.version = try root.index(0)
        model.operatorCodes = try root.tables(1, operatorCode)
        model.subgraphs = try root.tables(2, subgraph)
        model.description = try root.string(3)
        model.buffers = try root.tables(4, buffer)
        model.metadata = try root.tables(6) {
            TFLiteMetadata(name: try $0.string(0) ?? "", buffer: try $0.index(1))
        }
        model.signatures = try root.tables(7, signature)
        return model
    }

    private func operatorCode(_ table: FlatTableView) throws -> TFLiteOperatorCode {
        // Files older than codes beyond 127 have the first field only.
        let deprecated: Int8 = try table.integer(0)
        let code = max(Int32(deprecated), try table.integer(3))
        guard let builtin = BuiltinOperator(rawValue: code) else {
            throw Problem(
                .unsupportedOperator(name: "code \(code)", reason: "the schema has no such code"))
        }
        return TFLiteOperatorCode(
            builtin, version: try table.int(2, default: 1), customName: try table.string(1))
    }

    private func subgraph(_ table: FlatTableView) throws -> TFLiteSubgraph {
        TFLiteSubgraph(
            name: try table.string(4), tensors: try table.tables(0, tensor),
            inputs: try table.ints(1), outputs: try table.ints(2),
            operators: try table.tables(3, node))
    }

    private func tensor(_ table: FlatTableView) throws -> TFLiteTensor {
        var tensor = TFLiteTensor(
            name: try table.string(3) ?? "", shape: [], type: try table.enumeration(1),
            buffer: try table.index(2), isVariable: try table.bool(5),
            quantization: try table.table(4).map(quantization))
        tensor.shape = try table.ints(0)
        let signature = try table.ints(7)
        tensor.shapeSignature = signature.isEmpty ? nil : signature
        tensor.hasRank = try table.bool(8)
        tensor.sparsity = try table.table(6).map(sparsity)
        return tensor
    }

    private func quantization(_ table: FlatTableView) throws -> TFLiteQuantization {
        var quantization = TFLiteQuantization(
            scale: try table.floats(2), zeroPoint: try table.integers(3),
            quantizedDimension: try table.int(6), min: try table.floats(0),
            max: try table.floats(1))
        quantization.detailsTag = try table.integer(4)
        return quantization
    }

    private func node(_ table: FlatTableView) throws -> TFLiteOperator {
        var node = TFLiteOperator(
            opcodeIndex: try table.index(0), inputs: try table.ints(1),
            outputs: try table.ints(2))
        node.options = try options(of: table)
        node.customOptions = try table.integers(5)
        node.mutatingVariableInputs = try table.integers(7, as: UInt8.self).map { $0 != 0 }
        node.intermediates = try table.ints(8)
        node.secondOptionsTag = try table.integer(11)
        node.secondOptions = try secondOptions(of: table, tag: node.secondOptionsTag)
        return node
    }

    private func options(of node: FlatTableView) throws -> BuiltinOptions? {
        guard var options = BuiltinOptions.defaults(tag: try node.integer(3)) else { return nil }
        guard let table = try node.table(4) else { return nil }
        var decoder = OptionsDecoder(table)
        try options.table.visitFields(&decoder)
        return options
    }

    private func secondOptions(of node: FlatTableView, tag: UInt8) throws -> SecondOptions? {
        guard let table = try node.table(12) else { return nil }
        switch tag {
        case 20: return .reduceWindow(function: try table.int(0))
        case 21: return .composite(decomposition: try table.int(1))
        default: return nil
        }
    }

    private func buffer(_ table: FlatTableView) throws -> TFLiteBuffer {
        let position: UInt64 = try table.integer(1)
        let size: UInt64 = try table.integer(2)
        let range: Range<Int>
        if position > 1 {
            guard let start = Int(exactly: position), let count = Int(exactly: size),
                start <= file.bytes.count, count <= file.bytes.count - start
            else {
                throw Problem(.truncated(what: "a constant behind the tables of the TFLite file"))
            }
            range = start..<start + count
        } else {
            guard let data = try table.byteRange(0) else { return TFLiteBuffer() }
            range = data
        }
        let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[range])
        return TFLiteBuffer(MemorySource(bytes, owner: owner))
    }

    private func signature(_ table: FlatTableView) throws -> TFLiteSignature {
        func tensor(_ table: FlatTableView) throws -> TFLiteSignature.Tensor {
            TFLiteSignature.Tensor(name: try table.string(0) ?? "", index: try table.index(1))
        }
        return TFLiteSignature(
            key: try table.string(2) ?? "", inputs: try table.tables(0, tensor),
            outputs: try table.tables(1, tensor), subgraph: try table.index(4))
    }
}
