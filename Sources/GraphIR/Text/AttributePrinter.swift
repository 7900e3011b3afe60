/// Collects the text of the attributes of an operation; neutral values are left out.
struct AttributePrinter: AttributeVisitor {
    private(set) var fields: [(name: String, text: AttributeText)] = []
    /// The name of the block that holds the body of a loop.
    let bodyName: String

    init(bodyName: String) {
        self.bodyName = bodyName
    }

    mutating func visit<Content: Attribute>(_ name: String, _ content: inout Content) {
        if content != Content.neutral { fields.append((name, content.text)) }
    }

    mutating func visit<Body: Sendable>(body name: String, _ body: inout Body) {
        fields.append((name, .word(bodyName)))
    }
}
