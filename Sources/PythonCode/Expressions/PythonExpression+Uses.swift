/// How an expression uses a global name.
package struct NameUse: Sendable {
    /// The name with the attributes that are read of it: `utilities.normalize`.
    package let path: String
    /// The arguments that it is called with; nil if it is read as a value.
    package let arguments: [PythonExpression]?

    package init(path: String, arguments: [PythonExpression]?) {
        self.path = path
        self.arguments = arguments
    }
}

extension PythonExpression {
    /// How a name is used, preferably in a call; nil if it is not.
    package func use(of name: String) -> NameUse? {
        var seen: Set<ObjectIdentifier> = []
        var found: NameUse?
        collect(name, into: &found, &seen)
        return found
    }

    private func collect(
        _ name: String, into found: inout NameUse?, _ seen: inout Set<ObjectIdentifier>
    ) {
        guard found?.arguments == nil, seen.insert(ObjectIdentifier(self)).inserted else { return }
        if case .call(let function, let arguments) = node, let path = function.path(from: name) {
            found = NameUse(path: path, arguments: arguments.map(\.value))
            return
        }
        if let path = path(from: name) {
            found = found ?? NameUse(path: path, arguments: nil)
            return
        }
        for part in node.parts { part.collect(name, into: &found, &seen) }
    }

    /// The whole expression as a name with attributes; nil if it is another one.
    private func path(from name: String) -> String? {
        switch node {
        case .name(name): name
        case .attribute(let x, let attribute): x.path(from: name).map { $0 + "." + attribute }
        default: nil
        }
    }
}
