import Problems

/// An equation of two operands such as `abc,cd->abd`; `...` stands for any number of axes of the input.
struct EinsumEquation: Sendable {
    /// The letters of the axes, with those that `...` stands for.
    struct Terms {
        var input: [Character]
        var kernel: [Character]
        var output: [Character]
    }

    private let input: String
    private let kernel: String
    private let output: String

    /// Nil if the text is not an equation of two operands.
    init?(_ text: String) {
        let letters = text.filter { $0 != " " }
        guard let arrow = letters.firstRange(of: "->") else { return nil }
        let operands = letters[..<arrow.lowerBound].split(
            separator: ",", omittingEmptySubsequences: false)
        guard operands.count == 2 else { return nil }
        input = String(operands[0])
        kernel = String(operands[1])
        output = String(letters[arrow.upperBound...])
        for term in [input, kernel, output] {
            let plain = term.replacing("...", with: "", maxReplacements: 1)
            guard plain.allSatisfy(\.isLetter), Set(plain).count == plain.count else { return nil }
        }
        guard !kernel.contains("...") else { return nil }
    }

    /// The equation for an input of a rank.
    ///
    /// - Throws: `Problem.Kind.invalidShape` if the rank does not fit.
    func expanded(inputRank: Int) throws -> Terms {
        let named = input.count(where: \.isLetter)
        let elided = inputRank - named
        guard elided >= 0, elided == 0 || input.contains("..."), elided < 10 else {
            throw Problem(
                .invalidShape("an input of rank \(inputRank) does not fit '\(input)'"))
        }
        let digits = Array("0123456789").prefix(elided)
        func letters(_ term: String) -> [Character] {
            Array(term.replacing("...", with: String(digits)))
        }
        return Terms(input: letters(input), kernel: Array(kernel), output: letters(output))
    }
}
