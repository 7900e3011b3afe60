/// Collects the text of the attributes of an operation; values that go without saying (`Attribute.neutral`) are left out.
struct AttributePrinter: AttributeVisitor {
    private(set) var fields: [(name: String, text: AttributeText)] = []
    /// The name of the block that holds the body of a loop.
    let bodyName: String

    init(bodyName: String) {
        self.bodyName = bodyName
    }

    mutating func visit<Value: Attribute>(_ name: String, _ value: inout Value) {
        if value != Value.neutral { fields.append((name, value.text)) }
    }

    mutating func visit(body name: String, _ body: inout LoopBody) {
        fields.append((name, .word(bodyName)))
    }
}
