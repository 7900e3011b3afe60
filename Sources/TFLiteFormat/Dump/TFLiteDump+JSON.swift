extension TFLiteDump {
    /// The model as JSON, with the names of the schema.
    ///
    /// Of constants there is the size.
    package var json: String {
        let members: [(String, JSONValue)] = [
            ("version", .integer(Int64(model.version))),
            ("description", model.description.map { .string($0) } ?? .null),
            ("operator_codes", .array(model.operatorCodes.map(json))),
            ("subgraphs", .array(model.subgraphs.map(json))),
            ("buffers", .array(model.buffers.map(json))),
            ("metadata", .array(model.metadata.map(json))),
            ("signature_defs", .array(model.signatures.map(json))),
        ]
        return JSONValue.object(members).text(levels: 4) + "\n"
    }

    private func json(_ code: TFLiteOperatorCode) -> JSONValue {
        .object([
            ("builtin_code", .string(code.builtin.description)),
            ("version", .integer(Int64(code.version))),
            ("custom_code", code.customName.map { .string($0) } ?? .null),
        ])
    }

    private func json(_ subgraph: TFLiteSubgraph) -> JSONValue {
        .object([
            ("name", subgraph.name.map { .string($0) } ?? .null),
            ("inputs", .integers(subgraph.inputs)),
            ("outputs", .integers(subgraph.outputs)),
            ("operators", .array(subgraph.operators.map(json))),
            ("tensors", .array(subgraph.tensors.map(json))),
        ])
    }

    private func json(_ node: TFLiteOperator) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("opcode_index", .integer(Int64(node.opcodeIndex))),
            ("name", .string(model.name(of: node))),
            ("inputs", .integers(node.inputs)),
            ("outputs", .integers(node.outputs)),
        ]
        if let options = node.options {
            members.append(("builtin_options_type", .string(options.table.name)))
            members.append(("builtin_options", .object(OptionsPrinter.fields(of: options))))
        }
        if !node.customOptions.isEmpty {
            members.append(("custom_options", .integers(node.customOptions.map { Int($0) })))
        }
        if !node.intermediates.isEmpty {
            members.append(("intermediates", .integers(node.intermediates)))
        }
        if !node.mutatingVariableInputs.isEmpty {
            let flags = node.mutatingVariableInputs.map { JSONValue.bool($0) }
            members.append(("mutating_variable_inputs", .array(flags)))
        }
        return .object(members)
    }

    private func json(_ tensor: TFLiteTensor) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("name", .string(tensor.name)),
            ("type", .string(tensor.type.schemaName)),
            ("shape", .integers(tensor.shape)),
        ]
        if let signature = tensor.shapeSignature {
            members.append(("shape_signature", .integers(signature)))
        }
        members.append(("buffer", .integer(Int64(tensor.buffer))))
        if tensor.isVariable { members.append(("is_variable", .bool(true))) }
        if let quantization = tensor.quantization {
            members.append(("quantization", json(quantization)))
        }
        return .object(members)
    }

    private func json(_ quantization: TFLiteQuantization) -> JSONValue {
        .object([
            ("min", .array(quantization.min.map { .float($0) })),
            ("max", .array(quantization.max.map { .float($0) })),
            ("scale", .array(quantization.scale.map { .float($0) })),
            ("zero_point", .array(quantization.zeroPoint.map { .integer($0) })),
            ("quantized_dimension", .integer(Int64(quantization.quantizedDimension))),
        ])
    }

    private func json(_ buffer: TFLiteBuffer) -> JSONValue {
        .object([("size", buffer.source.map { .integer(Int64($0.byteCount)) } ?? .null)])
    }

    private func json(_ metadata: TFLiteMetadata) -> JSONValue {
        .object([
            ("name", .string(metadata.name)), ("buffer", .integer(Int64(metadata.buffer))),
        ])
    }

    private func json(_ signature: TFLiteSignature) -> JSONValue {
        func maps(_ tensors: [TFLiteSignature.Tensor]) -> JSONValue {
            .array(
                tensors.map {
                    .object([
                        ("name", .string($0.name)), ("tensor_index", .integer(Int64($0.index))),
                    ])
                })
        }
        return .object([
            ("signature_key", .string(signature.key)),
            ("subgraph_index", .integer(Int64(signature.subgraph))),
            ("inputs", maps(signature.inputs)), ("outputs", maps(signature.outputs)),
        ])
    }
}
