/// Something that goes through the attributes of an operation: prints, reads or rewrites them.
///
/// A payload calls it once for each attribute, in the order of its text form. What an attribute says about axes of input 0 has
/// a method of its own, so that a visitor can move the operation to another layout.
package protocol AttributeVisitor {
    /// Visits an attribute.
    mutating func visit<Content: Attribute>(_ name: String, _ content: inout Content)

    /// Visits an axis of input 0, counted from the front.
    mutating func visit(axis name: String, _ axis: inout Int)

    /// Visits axes of input 0, counted from the front and ascending.
    mutating func visit(axes name: String, _ axes: inout [Int])

    /// Visits a list with an element for each axis of input 0.
    mutating func visit<Element: Attribute>(eachAxis name: String, _ elements: inout [Element])

    /// Visits a graph that an operation runs.
    mutating func visit<Body: Sendable>(body name: String, _ body: inout Body)
}

extension AttributeVisitor {
    package mutating func visit(axis name: String, _ axis: inout Int) { visit(name, &axis) }

    package mutating func visit(axes name: String, _ axes: inout [Int]) { visit(name, &axes) }

    package mutating func visit<Element: Attribute>(
        eachAxis name: String, _ elements: inout [Element]
    ) {
        visit(name, &elements)
    }

    package mutating func visit<Body: Sendable>(body name: String, _ body: inout Body) {}
}

/// Moves an operation to a transposed input.
///
/// The operation on x then does what the former one does on x transposed by `permutation`.
package struct AxisPermutation: AttributeVisitor {
    private let permutation: [Int]

    /// - Parameter permutation: axis k of the transposed tensor is axis `permutation[k]` of x.
    package init(_ permutation: [Int]) {
        self.permutation = permutation
    }

    package mutating func visit<Content: Attribute>(_ name: String, _ content: inout Content) {}

    package mutating func visit(axis name: String, _ axis: inout Int) {
        axis = permutation[axis]
    }

    package mutating func visit(axes name: String, _ axes: inout [Int]) {
        axes = axes.map { permutation[$0] }.sorted()
    }

    package mutating func visit<Element: Attribute>(
        eachAxis name: String, _ elements: inout [Element]
    ) {
        let before = elements
        for (position, axis) in permutation.enumerated() { elements[axis] = before[position] }
    }
}
