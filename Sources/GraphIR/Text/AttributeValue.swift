import Tensors

/// The value of an attribute in the text form: a word (`same`, `0.5`, `2x2`) or a list (`[[0, 0], [1, 1]]`).
enum AttributeValue: Equatable {
    case word(String)
    case list([AttributeValue])

    var text: String {
        switch self {
        case .word(let word): word
        case .list(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
        }
    }
}

/// What is wrong with the attributes of a line.
struct AttributeError: Error {
    var reason: String
}

/// An attribute type with a text of its own.
protocol AttributeText {
    var text: String { get }
    init?(text: String)
}

/// An attribute type with a value that goes without saying: it is left out in printing and assumed where missing.
protocol NeutralAttribute: Equatable {
    static var neutral: Self { get }
}

extension Bool: NeutralAttribute {
    static var neutral: Bool { false }
}

extension Padding: NeutralAttribute {
    static var neutral: Padding { .valid }
}

extension Clamp: NeutralAttribute {
    static var neutral: Clamp { .none }
}

extension Size2D: AttributeText, NeutralAttribute {
    static var neutral: Size2D { .one }
    var text: String { "\(height)x\(width)" }

    init?(text: String) {
        let sizes = text.split(separator: "x").map { Int32($0) }
        guard sizes.count == 2, let height = sizes[0], let width = sizes[1] else { return nil }
        self.init(Int(height), Int(width))
    }
}

extension Size3D: AttributeText, NeutralAttribute {
    static var neutral: Size3D { .one }
    var text: String { "\(depth)x\(height)x\(width)" }

    init?(text: String) {
        let sizes = text.split(separator: "x").map { Int32($0) }
        guard sizes.count == 3, let depth = sizes[0], let height = sizes[1], let width = sizes[2]
        else { return nil }
        self.init(Int(depth), Int(height), Int(width))
    }
}
