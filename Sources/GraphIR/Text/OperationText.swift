/// The name and attributes of an operation in the text form.
///
/// Functions of elements go by their kind (`relu(x)`, `add(a, b)`), all others by the name of their payload.
enum OperationText {
    /// - Parameter body: the name of the block that holds the body of a loop.
    static func print(_ op: Op, body: String?) -> (name: String, attributes: String) {
        var printer = AttributePrinter(bodyName: body ?? "")
        _ = op.payload.visited(by: &printer)
        let goesByKind = op.payload is Unary || op.payload is Binary
        let fields = printer.fields.filter { !goesByKind || $0.name != "kind" }
        return (
            goesByKind ? op.functionName : op.name,
            fields.map { "\($0.name): \($0.text)" }.joined(separator: ", ")
        )
    }

    /// - Parameter bodies: the bodies of loops by the names of their blocks.
    static func parse(
        _ name: String, _ attributes: [String: AttributeText], bodies: [String: Graph]
    ) throws -> Op {
        var attributes = attributes
        let kind: OpKind
        if Unary.Kind(rawValue: name) != nil {
            (kind, attributes["kind"]) = (.unary, .word(name))
        } else if Binary.Kind(rawValue: name) != nil {
            (kind, attributes["kind"]) = (.binary, .word(name))
        } else if let named = OpKind(rawValue: name) {
            kind = named
        } else {
            throw AttributeError(reason: "there is no operation '\(name)'")
        }
        var reader = AttributeReader(attributes, bodies: bodies)
        let op = kind.blank.visited(by: &reader)
        try reader.finish()
        return op
    }
}
