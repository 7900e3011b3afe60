import Tensors

/// A type that attributes of operations can have.
package protocol Attribute: Sendable, Hashable {
    /// The value that printing leaves out and reading assumes; nil if there is none.
    static var neutral: Self? { get }

    /// The value in the text form.
    var text: AttributeText { get }

    /// The value that `text` describes; nil if it does not describe one.
    init?(_ text: AttributeText)
}

/// The text form of an attribute: a word (`same`, `0.5`, `2x2`) or a list (`[[0, 0], [1, 1]]`).
package enum AttributeText: Sendable, Equatable, CustomStringConvertible {
    case word(String)
    case list([AttributeText])

    package var description: String {
        switch self {
        case .word(let word): word
        case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        }
    }

    /// The 32-bit integers between letters `x`, as in `2x3`; nil if it is not such a word.
    func sizes(_ count: Int) -> [Int]? {
        guard case .word(let word) = self else { return nil }
        let sizes = word.split(separator: "x").compactMap { Int32($0) }.map { Int($0) }
        return sizes.count == count && word.count { $0 == "x" } == count - 1 ? sizes : nil
    }
}

extension Attribute {
    package static var neutral: Self? { nil }
}

extension Attribute where Self: LosslessStringConvertible {
    package var text: AttributeText { .word(description) }

    package init?(_ text: AttributeText) {
        guard case .word(let word) = text else { return nil }
        self.init(word)
    }
}

extension Attribute where Self: RawRepresentable, RawValue == String {
    package var text: AttributeText { .word(rawValue) }

    package init?(_ text: AttributeText) {
        guard case .word(let word) = text else { return nil }
        self.init(rawValue: word)
    }
}

extension Int: Attribute {
    package init?(_ text: AttributeText) {
        guard case .word(let word) = text, let number = Int32(word) else { return nil }
        self.init(number)
    }
}

extension Float: Attribute {}
extension Double: Attribute {}
extension DType: Attribute {}
extension UnaryFunction: Attribute {}

extension Bool: Attribute {
    package static var neutral: Bool? { false }
}

extension Array: Attribute where Element: Attribute {
    package var text: AttributeText { .list(map(\.text)) }

    package init?(_ text: AttributeText) {
        guard case .list(let values) = text else { return nil }
        let elements = values.compactMap { Element($0) }
        guard elements.count == values.count else { return nil }
        self = elements
    }
}

extension Padding: Attribute {
    package static var neutral: Padding? { .valid }
}

extension Clamp: Attribute {
    package static var neutral: Clamp? { Clamp.none }
}

extension Size2D: Attribute {
    package static var neutral: Size2D? { .one }
    package var text: AttributeText { .word("\(height)x\(width)") }

    package init?(_ text: AttributeText) {
        guard let sizes = text.sizes(2) else { return nil }
        self.init(sizes[0], sizes[1])
    }
}

extension Size3D: Attribute {
    package static var neutral: Size3D? { .one }
    package var text: AttributeText { .word("\(depth)x\(height)x\(width)") }

    package init?(_ text: AttributeText) {
        guard let sizes = text.sizes(3) else { return nil }
        self.init(sizes[0], sizes[1], sizes[2])
    }
}
