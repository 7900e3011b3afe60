import Tensors

/// The elements that a border adds before and after one axis.
package struct PadAmount: Sendable, Hashable {
    package var before: Int
    package var after: Int

    package init(_ before: Int, _ after: Int) {
        self.before = before
        self.after = after
    }

    /// No border.
    package static let none = PadAmount(0, 0)

    /// The elements on both sides together.
    package var total: Int { before + after }
}

extension PadAmount: Attribute {
    package var text: AttributeText { [before, after].text }

    package init?(_ text: AttributeText) {
        guard let sides = [Int](text), sides.count == 2 else { return nil }
        self.init(sides[0], sides[1])
    }
}

extension [PadAmount] {
    /// No border along any of `rank` axes.
    package static func none(rank: Int) -> [PadAmount] { Array(repeating: .none, count: rank) }

    /// Whether there is no border at all.
    package var areNone: Bool { allSatisfy { $0 == .none } }

    /// The shape with a border around it.
    ///
    /// - Throws: `Problem.Kind.invalidShape` if the amounts do not fit.
    func padding(_ shape: Shape) throws -> Shape {
        let text = text
        try Check.require(
            count == shape.rank && allSatisfy { $0.before >= 0 && $0.after >= 0 },
            "padding \(text) does not fit shape \(shape)")
        return Shape(
            try zip(shape.dims, self).map { dim, amount in
                guard dim != Shape.free else { return dim }
                let (size, overflow) = dim.addingReportingOverflow(amount.before)
                let (total, secondOverflow) = size.addingReportingOverflow(amount.after)
                try Check.require(!overflow && !secondOverflow, "padding \(text) is too large")
                return total
            })
    }
}
