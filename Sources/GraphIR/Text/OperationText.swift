import Problems

/// The name and attributes of an operation in the text form.
///
/// Functions of elements go by their kind (`relu(x)`, `add(a, b)`), all others by the name of their payload.
enum OperationText {
    static func print(_ op: Op) -> (name: String, attributes: String) {
        var fields = AttributeEncoder.fields(of: op.payload)
        var name = op.name
        switch op {
        case .unary(let unary): name = unary.kind.rawValue
        case .binary(let binary): name = binary.kind.rawValue
        default: break
        }
        if name != op.name { fields.removeAll { $0.name == "kind" } }
        return (name, fields.map { "\($0.name): \($0.value.text)" }.joined(separator: ", "))
    }

    static func parse(_ name: String, _ attributes: [String: AttributeValue]) throws -> Op {
        var attributes = attributes
        if Unary.Kind(rawValue: name) != nil {
            attributes["kind"] = .word(name)
            return try decode(Unary.self, attributes)
        }
        if Binary.Kind(rawValue: name) != nil {
            attributes["kind"] = .word(name)
            return try decode(Binary.self, attributes)
        }
        guard let type = Op.payloadTypes.first(where: { $0.name == name }) else {
            throw AttributeError(reason: "there is no operation '\(name)'")
        }
        return try decode(type, attributes)
    }

    private static func decode<Payload: OpPayload>(
        _: Payload.Type, _ attributes: [String: AttributeValue]
    ) throws -> Op {
        try AttributeDecoder.decode(Payload.self, from: attributes).op
    }
}
