/// The version of Keras that wrote a model.
package struct KerasVersion: Sendable, Equatable {
    /// The generations that differ in the vocabulary of their files.
    package enum Generation: Int, Sendable, Comparable {
        case keras1 = 1
        case keras2 = 2
        case keras3 = 3

        package static func < (left: Generation, right: Generation) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// The generation.
    package let generation: Generation
    /// The version as the file states it (`2.2.4-tf`), nil if it does not.
    package let text: String?

    /// The version that `text` states; nil if it is none.
    package init?(_ text: String) {
        switch text.prefix(2) {
        case "1.": generation = .keras1
        case "2.": generation = .keras2
        case "3.": generation = .keras3
        default: return nil
        }
        self.text = text
    }

    package init(generation: Generation) {
        self.generation = generation
        text = nil
    }

    /// Whether the stated version is earlier than `major.minor`; false if no version is stated.
    package func precedes(_ major: Int, _ minor: Int) -> Bool {
        guard let text else { return false }
        let parts = text.split(whereSeparator: { $0 == "." || $0 == "-" }).prefix(2)
            .compactMap { Int($0) }
        return parts.count == 2 && (parts[0], parts[1]) < (major, minor)
    }
}
