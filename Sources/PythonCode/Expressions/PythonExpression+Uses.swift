/// How an expression uses a global name.
package struct NameUse: Sendable {
    /// The name with the attributes that are read of it: `utilities.normalize`.
    package let path: String
    /// The arguments that it is called with; nil if it is read as a value.
    package let arguments: [PythonExpression]?
    /// Whether elements of the value are taken.
    package let isSequence: Bool

    package init(path: String, arguments: [PythonExpression]?, isSequence: Bool = false) {
        self.path = path
        self.arguments = arguments
        self.isSequence = isSequence
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
        if case .call(let function, let arguments) = node,
            let path = function.path(from: name)
                ?? (function.constant == .string(name) ? name : nil)
        {
            found = NameUse(path: path, arguments: arguments.map(\.value))
            return
        }
        if let path = path(from: name) {
            found = found ?? NameUse(path: path, arguments: nil)
            return
        }
        if let path = sequence?.path(from: name) {
            found = NameUse(path: path, arguments: nil, isSequence: true)
        }
        for part in node.parts { part.collect(name, into: &found, &seen) }
    }

    /// The value that the expression takes elements of; nil if it does nothing like that.
    private var sequence: PythonExpression? {
        switch node {
        case .item(let x, _): return x
        case .call(let function, let arguments):
            let name =
                if case .attribute(_, let name) = function.node { name } else { function.name }
            let takers = ["gather", "embedding_lookup", "take", "len", "gather_nd"]
            return name.map(takers.contains) == true ? arguments.first?.value : nil
        default: return nil
        }
    }

    private var name: String? { if case .name(let name) = node { name } else { nil } }

    /// The whole expression as a name with attributes; nil if it is another one.
    private func path(from name: String) -> String? {
        switch node {
        case .name(name): name
        case .attribute(let x, let attribute): x.path(from: name).map { $0 + "." + attribute }
        default: nil
        }
    }
}
