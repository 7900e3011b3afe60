/// A Python expression as a tree whose parts may be shared.
///
/// A class, so that whoever walks a tree can tell a shared part from an equal one.
package final class PythonExpression: Sendable {
    package indirect enum Node: Sendable {
        case constant(PythonConstant)
        case name(String)
        case attribute(PythonExpression, String)
        case call(PythonExpression, [Argument])
        case binary(BinaryOperator, PythonExpression, PythonExpression)
        case unary(UnaryOperator, PythonExpression)
        case comparison(Comparison, PythonExpression, PythonExpression)
        /// `yes if test else no`.
        case conditional(test: PythonExpression, yes: PythonExpression, no: PythonExpression)
        case item(PythonExpression, PythonExpression)
        case slice(PythonExpression?, PythonExpression?, PythonExpression?)
        case tuple([PythonExpression])
        case list([PythonExpression])
        case dictionary([(key: PythonExpression, value: PythonExpression)])
        /// `lambda parameters: body`.
        case function([String], PythonExpression)
    }

    /// An argument of a call.
    package struct Argument: Sendable {
        /// The name that the argument is given by; nil for one by position.
        package let name: String?
        package let value: PythonExpression

        package init(_ value: PythonExpression, name: String? = nil) {
            self.name = name
            self.value = value
        }
    }

    package let node: Node
    /// The number of nodes on the longest way down.
    let depth: Int
    /// The number of nodes as printed, where shared parts count each time.
    package let size: Int

    package init(_ node: Node) {
        self.node = node
        var depth = 0
        var size = 1
        for part in node.parts {
            depth = max(depth, part.depth)
            size = size.addingReportingOverflow(part.size).overflow ? Int.max : size + part.size
        }
        self.depth = depth + 1
        self.size = size
    }

    package convenience init(_ constant: PythonConstant) { self.init(.constant(constant)) }

    package convenience init(name: String) { self.init(.name(name)) }

    /// The constant that the whole expression is.
    package var constant: PythonConstant? {
        if case .constant(let constant) = node { constant } else { nil }
    }

    /// The parts of a tuple or list.
    package var elements: [PythonExpression]? {
        switch node {
        case .tuple(let elements), .list(let elements): elements
        default: nil
        }
    }
}

extension PythonExpression.Node {
    /// The expressions that this one is made from.
    package var parts: [PythonExpression] {
        switch self {
        case .constant, .name: []
        case .attribute(let x, _), .unary(_, let x), .function(_, let x): [x]
        case .call(let function, let arguments): [function] + arguments.map(\.value)
        case .binary(_, let x, let y), .comparison(_, let x, let y), .item(let x, let y): [x, y]
        case .conditional(let test, let yes, let no): [test, yes, no]
        case .slice(let start, let stop, let step): [start, stop, step].compactMap { $0 }
        case .tuple(let elements), .list(let elements): elements
        case .dictionary(let pairs): pairs.flatMap { [$0.key, $0.value] }
        }
    }
}
