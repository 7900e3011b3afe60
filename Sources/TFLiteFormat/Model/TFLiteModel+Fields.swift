import Problems

extension TFLiteModel: SchemaTable {
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visitIndex("version", &version)
        try visitor.visit(
            "operator_codes", &operatorCodes, of: TFLiteOperatorCode(.add), keepsEmpty: true)
        try visitor.visit("subgraphs", &subgraphs, of: TFLiteSubgraph(), keepsEmpty: true)
        try visitor.visit("description", &description)
        try visitor.visit("buffers", &buffers)
        visitor.skip()
        try visitor.visit("metadata", &metadata, of: TFLiteMetadata(name: "", buffer: 0))
        try visitor.visit(
            "signature_defs", &signatures, of: TFLiteSignature(inputs: [], outputs: []))
    }
}

extension TFLiteOperatorCode: SchemaTable {
    /// - Throws: `Problem.Kind.unsupportedOperator` for a code that the schema does not have.
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        // Files older than codes beyond 127 have the first field only.
        var deprecatedCode = Int8(clamping: builtin.rawValue)
        var code = Int(builtin.rawValue)
        try visitor.visitByte("deprecated_builtin_code", &deprecatedCode)
        try visitor.visit("custom_code", &customName)
        try visitor.visit("version", &version, default: 1)
        try visitor.visit("builtin_code", &code)
        code = max(code, Int(deprecatedCode))
        guard let known = BuiltinOperator(rawValue: Int32(truncatingIfNeeded: code)) else {
            throw Problem(
                .unsupportedOperator(name: "code \(code)", reason: "the schema has no such code"))
        }
        builtin = known
    }
}

extension TFLiteSubgraph: SchemaTable {
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visit(
            "tensors", &tensors, of: TFLiteTensor(name: "", shape: [], type: .float32),
            keepsEmpty: true)
        try visitor.visit("inputs", &inputs, keepsEmpty: true)
        try visitor.visit("outputs", &outputs, keepsEmpty: true)
        try visitor.visit(
            "operators", &operators, of: TFLiteOperator(opcodeIndex: 0, inputs: [], outputs: []),
            keepsEmpty: true)
        try visitor.visit("name", &name)
    }
}

extension TFLiteOperator: SchemaTable {
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visitIndex("opcode_index", &opcodeIndex)
        try visitor.visit("inputs", &inputs, keepsEmpty: true)
        try visitor.visit("outputs", &outputs, keepsEmpty: true)
        try visitor.visitUnion("builtin_options", &options)
        try visitor.visitVector("custom_options", &customOptions)
        visitor.skip()
        try visitor.visit("mutating_variable_inputs", &mutatingVariableInputs)
        try visitor.visit("intermediates", &intermediates, keepsEmpty: false)
        visitor.skip()
        visitor.skip()
        try visitor.visitUnion("builtin_options_2", &secondOptions)
    }
}

extension TFLiteMetadata: SchemaTable {
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visitName("name", &name)
        try visitor.visitIndex("buffer", &buffer)
    }
}

extension TFLiteSignature: SchemaTable {
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visit("inputs", &inputs, of: Tensor(name: "", index: 0), keepsEmpty: true)
        try visitor.visit("outputs", &outputs, of: Tensor(name: "", index: 0), keepsEmpty: true)
        try visitor.visitName("signature_key", &key)
        visitor.skip()
        try visitor.visitIndex("subgraph_index", &subgraph)
    }
}

extension TFLiteSignature.Tensor: SchemaTable {
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visitName("name", &name)
        try visitor.visitIndex("tensor_index", &index)
    }
}
