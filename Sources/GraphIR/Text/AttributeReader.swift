/// Sets the attributes of an operation from their text; missing ones take their neutral value.
struct AttributeReader: AttributeVisitor {
    private var texts: [String: AttributeText]
    /// The bodies of loops by the names of their blocks.
    private let bodies: [String: Graph]
    /// What is wrong with the first attribute that could not be set.
    private var fault: String?

    init(_ texts: [String: AttributeText], bodies: [String: Graph]) {
        self.texts = texts
        self.bodies = bodies
    }

    mutating func visit<Content: Attribute>(_ name: String, _ content: inout Content) {
        if let text = texts.removeValue(forKey: name) {
            if let read = Content(text) {
                content = read
            } else {
                fail("'\(text)' is not a valid \(name)")
            }
        } else if let neutral = Content.neutral {
            content = neutral
        } else {
            fail("attribute '\(name)' is missing")
        }
    }

    mutating func visit<Body: Sendable>(body name: String, _ body: inout Body) {
        if case .word(let block)? = texts.removeValue(forKey: name), let graph = bodies[block],
            let read = LoopBody(graph) as? Body
        {
            body = read
        } else {
            fail("there is no body of this name above")
        }
    }

    private mutating func fail(_ reason: String) {
        fault = fault ?? reason
    }

    /// - Throws: `AttributeError` if an attribute was missing, ill-formed or not asked for.
    func finish() throws {
        if let fault { throw AttributeError(reason: fault) }
        if let unknown = texts.keys.min() {
            throw AttributeError(reason: "there is no attribute '\(unknown)'")
        }
    }
}
