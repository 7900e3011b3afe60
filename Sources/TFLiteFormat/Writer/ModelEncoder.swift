import Problems

/// Makes the tree of tables of a model.
struct ModelEncoder {
    /// Where the data of a buffer goes.
    enum Placement {
        /// Into the FlatBuffer, in a vector of the buffer's table.
        case inside
        /// Behind the FlatBuffer; the buffer's table has the position in the file.
        case outside
    }

    private let model: TFLiteModel
    private let placement: Placement
    /// Buffers that tools look up by name; they stay inside.
    private let metadataBuffers: Set<Int>

    init(_ model: TFLiteModel, placement: Placement) {
        self.model = model
        self.placement = placement
        metadataBuffers = Set(model.metadata.map(\.buffer))
    }

    /// The root table.
    ///
    /// - Throws: `Problem.Kind.tooLarge` where a number does not fit its field,
    ///   `Problem.Kind.unsupportedOperator` and `malformed` where the model has parts that cannot be written.
    func root() throws -> FlatTable {
        var table = FlatTable()
        table.set(0, try uint32(model.version, "version"))
        table.set(1, .tables(try model.operatorCodes.map(encode)))
        table.set(2, .tables(try model.subgraphs.map(encode)))
        table.set(3, model.description)
        table.set(4, .tables(try model.buffers.indices.map(encode(buffer:))))
        if !model.metadata.isEmpty { table.set(6, .tables(try model.metadata.map(encode))) }
        if !model.signatures.isEmpty { table.set(7, .tables(try model.signatures.map(encode))) }
        return table
    }

    private func encode(_ code: TFLiteOperatorCode) throws -> FlatTable {
        var table = FlatTable()
        table.set(0, Int8(clamping: code.builtin.rawValue))
        table.set(1, code.customName)
        table.set(2, try int32(code.version, "operator version"), default: 1)
        table.set(3, code.builtin.rawValue)
        return table
    }

    private func encode(_ subgraph: TFLiteSubgraph) throws -> FlatTable {
        var table = FlatTable()
        table.set(0, .tables(try subgraph.tensors.map(encode)))
        table.set(1, .vector(try indices(subgraph.inputs)))
        table.set(2, .vector(try indices(subgraph.outputs)))
        table.set(3, .tables(try subgraph.operators.map(encode)))
        table.set(4, subgraph.name)
        return table
    }

    private func encode(_ node: TFLiteOperator) throws -> FlatTable {
        guard node.secondOptionsTag == 0 else {
            throw Problem(
                .unsupportedOperator(
                    name: model.name(of: node), reason: "its StableHLO options cannot be written"))
        }
        var table = FlatTable()
        table.set(0, try uint32(node.opcodeIndex, "operator code"))
        table.set(1, .vector(try indices(node.inputs)))
        table.set(2, .vector(try indices(node.outputs)))
        if let options = node.options {
            table.set(3, options.table.tag)
            table.set(4, .table(try OptionsEncoder.table(of: options)))
        }
        table.setUnlessEmpty(5, FlatVector(bytes: node.customOptions, alignment: 4))
        table.setUnlessEmpty(7, FlatVector(node.mutatingVariableInputs))
        table.setUnlessEmpty(8, try indices(node.intermediates))
        return table
    }

    private func encode(_ tensor: TFLiteTensor) throws -> FlatTable {
        guard !tensor.isSparse else {
            throw Problem(
                .malformed(
                    what: "tensor '\(tensor.name)'", reason: "a sparse tensor cannot be written"))
        }
        var table = FlatTable()
        table.set(0, .vector(try indices(tensor.shape)))
        table.set(1, tensor.type.rawValue)
        table.set(2, try uint32(tensor.buffer, "buffer index"))
        table.set(3, tensor.name)
        if let quantization = tensor.quantization {
            table.set(4, .table(try encode(quantization, of: tensor)))
        }
        table.set(5, tensor.isVariable)
        if let signature = tensor.shapeSignature { table.set(7, .vector(try indices(signature))) }
        table.set(8, tensor.hasRank)
        return table
    }

    private func encode(
        _ quantization: TFLiteQuantization, of tensor: TFLiteTensor
    ) throws -> FlatTable {
        guard quantization.detailsTag == 0 else {
            throw Problem(
                .malformed(
                    what: "tensor '\(tensor.name)'",
                    reason: "its kind of quantization cannot be written"))
        }
        var table = FlatTable()
        table.setUnlessEmpty(0, FlatVector(quantization.min))
        table.setUnlessEmpty(1, FlatVector(quantization.max))
        table.setUnlessEmpty(2, FlatVector(quantization.scale))
        table.setUnlessEmpty(3, FlatVector(quantization.zeroPoint))
        table.set(6, try int32(quantization.quantizedDimension, "quantized dimension"))
        return table
    }

    private func encode(buffer index: Int) throws -> FlatTable {
        var table = FlatTable()
        guard let source = model.buffers[index].source else { return table }
        if metadataBuffers.contains(index) {
            table.set(0, .vector(FlatVector(bytes: try source.bytes(), alignment: 16)))
        } else if placement == .inside || source.byteCount == 0 {
            table.set(0, .bufferData(buffer: index))
        } else {
            table.set(1, .bufferPosition(buffer: index))
            table.set(2, UInt64(source.byteCount))
        }
        return table
    }

    private func encode(_ metadata: TFLiteMetadata) throws -> FlatTable {
        var table = FlatTable()
        table.set(0, metadata.name)
        table.set(1, try uint32(metadata.buffer, "buffer index"))
        return table
    }

    private func encode(_ signature: TFLiteSignature) throws -> FlatTable {
        func encode(_ tensor: TFLiteSignature.Tensor) throws -> FlatTable {
            var table = FlatTable()
            table.set(0, tensor.name)
            table.set(1, try uint32(tensor.index, "tensor index"))
            return table
        }
        var table = FlatTable()
        table.set(0, .tables(try signature.inputs.map(encode)))
        table.set(1, .tables(try signature.outputs.map(encode)))
        table.set(2, signature.key)
        table.set(4, try uint32(signature.subgraph, "subgraph index"))
        return table
    }

    private func indices(_ values: [Int]) throws -> FlatVector {
        FlatVector(try values.map { try int32($0, "index or extent") })
    }
}

/// `value` as the 32-bit integer of a field.
///
/// - Throws: `Problem.Kind.tooLarge` where it does not fit.
func int32(_ value: Int, _ what: @autoclosure () -> String) throws -> Int32 {
    guard let number = Int32(exactly: value) else {
        throw Problem(.tooLarge(what: what(), value: String(value)))
    }
    return number
}

/// `value` as the unsigned 32-bit integer of a field.
///
/// - Throws: `Problem.Kind.tooLarge` where it does not fit.
func uint32(_ value: Int, _ what: @autoclosure () -> String) throws -> UInt32 {
    guard let number = UInt32(exactly: value) else {
        throw Problem(.tooLarge(what: what(), value: String(value)))
    }
    return number
}
