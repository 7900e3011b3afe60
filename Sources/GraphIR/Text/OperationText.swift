import Problems

/// The name and attributes of an operation in the text form.
///
/// Functions of elements go by their kind (`relu(x)`, `add(a, b)`), all others by the name of their payload.
enum OperationText {
    /// - Parameter body: the name of the block that holds the body of a loop.
    static func print(_ op: Op, body: String?) -> (name: String, attributes: String) {
        var fields = AttributeEncoder.fields(of: op.payload)
        var name = op.name
        switch op {
        case .loop:
            fields = fields.map { $0.name == "body" ? ($0.name, .word(body ?? "")) : $0 }
        case .unary(let unary): name = unary.kind.rawValue
        case .binary(let binary): name = binary.kind.rawValue
        default: break
        }
        if name != op.name { fields.removeAll { $0.name == "kind" } }
        return (name, fields.map { "\($0.name): \($0.value.text)" }.joined(separator: ", "))
    }

    /// - Parameter bodies: the bodies of loops by the names of their blocks.
    static func parse(
        _ name: String, _ attributes: [String: AttributeValue], bodies: [String: Graph]
    ) throws -> Op {
        var attributes = attributes
        if name == Loop.name { return try loop(attributes, bodies) }
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

    private static func loop(
        _ attributes: [String: AttributeValue], _ bodies: [String: Graph]
    ) throws -> Op {
        guard case .word(let name)? = attributes["body"], let body = bodies[name],
            case .word(let text)? = attributes["sequenceCount"], let count = Int32(text),
            count > 0, count <= body.inputs.count, attributes.count == 2
        else {
            throw AttributeError(reason: "\(Loop.name) needs a body above and a sequenceCount")
        }
        return Loop(body: body, sequenceCount: Int(count)).op
    }

    private static func decode<Payload: OpPayload>(
        _: Payload.Type, _ attributes: [String: AttributeValue]
    ) throws -> Op {
        try AttributeDecoder.decode(Payload.self, from: attributes).op
    }
}
