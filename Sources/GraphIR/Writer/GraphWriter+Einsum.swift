import Problems
import Tensors

/// A tensor whose axes have letters.
package typealias LetteredTensor = (value: ValueID, letters: [Character])

/// Sums of products over named axes.
extension GraphWriter {
    /// The result of an equation like `bij,bjk->bik`; `...` stands for any axes before the named ones.
    package func einsum(_ equation: String, _ inputs: [ValueID]) throws -> ValueID {
        let text = equation.filter { $0 != " " }
        let sides = text.split(separator: ">", omittingEmptySubsequences: false)
        let left = sides[0].hasSuffix("-") ? sides[0].dropLast() : sides[0]
        let terms = left.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard terms.count == inputs.count, sides.count <= 2 else {
            throw Problem(
                .invalidField("subscripts", value: equation, expected: "\(inputs.count) operands"))
        }
        var elided = 0
        let operands = try zip(terms, inputs).map { term, input -> LetteredTensor in
            let count = shape(of: input).rank - term.count(where: \.isLetter)
            guard count >= 0, count < 10, count == 0 || term.contains("...") else {
                throw Problem(.invalidShape("'\(term)' does not fit shape \(shape(of: input))"))
            }
            elided = max(elided, count)
            let digits = String("9876543210".suffix(count))
            return try withoutRepeats((input, Array(term.replacing("...", with: digits))))
        }
        let ellipsis = String("9876543210".suffix(elided))
        let output =
            sides.count == 2
            ? Array(sides[1].replacing("...", with: ellipsis))
            : Array(ellipsis) + implicitOutput(operands)
        return try contracted(operands, to: output)
    }

    /// The tensor with the diagonals of axes that have one letter.
    private func withoutRepeats(_ x: LetteredTensor) throws -> LetteredTensor {
        guard
            let (row, column) = x.letters.indices.lazy.compactMap({ row in
                x.letters[(row + 1)...].firstIndex(of: x.letters[row]).map { (row, $0) }
            }).first
        else { return x }
        let letters = x.letters.indices.filter { $0 != row && $0 != column }.map { x.letters[$0] }
        return try withoutRepeats(
            (
                diagonal(x.value, rows: row, columns: column, offset: 0),
                letters + [x.letters[row]]
            ))
    }

    /// The letters that appear once, in order.
    private func implicitOutput(_ operands: [LetteredTensor]) -> [Character] {
        let all = operands.flatMap(\.letters).filter(\.isLetter)
        return Set(all).filter { letter in all.count { $0 == letter } == 1 }.sorted()
    }

    private func contracted(
        _ operands: [LetteredTensor], to output: [Character]
    ) throws -> ValueID {
        guard var result = operands.first else {
            throw Problem(.invalidShape("einsum has no operands"))
        }
        for (position, operand) in operands.enumerated().dropFirst() {
            let later = operands.dropFirst(position + 1).flatMap(\.letters) + output
            let present = result.letters + operand.letters
            var kept: [Character] = []
            for letter in present where later.contains(letter) && !kept.contains(letter) {
                kept.append(letter)
            }
            let target = position == operands.count - 1 ? output : kept
            result = (try contracted(result, operand, to: target), target)
        }
        result = try summed(result, keeping: output)
        return try ordered(result, output)
    }

    /// One product of two tensors, as one matrix product.
    package func contracted(
        _ first: LetteredTensor, _ second: LetteredTensor, to output: [Character]
    ) throws -> ValueID {
        let a = try summed(first, keeping: second.letters + output)
        let b = try summed(second, keeping: first.letters + output)
        let shared = a.letters.filter(b.letters.contains)
        let batch = shared.filter(output.contains)
        let inner = shared.filter { !output.contains($0) }
        let rows = a.letters.filter { !b.letters.contains($0) }
        let columns = b.letters.filter { !a.letters.contains($0) }
        let left = try matrices(a, batch, rows, inner)
        let right = try matrices(b, batch, columns, inner)
        var y: ValueID
        if batch.isEmpty, let matrix = storedConstant(of: right) {
            y = try add(
                .fullyConnected(FullyConnected()), [left, constant(matrix, role: "matrix")])
        } else {
            y = try add(.batchMatMul(BatchMatMul(adjointB: true)), [left, right])
        }
        let result =
            batch.indices.map { extent($0, of: left) }
            + rows.map { extent($0, of: a) } + columns.map { extent($0, of: b) }
        if rows.count != 1 || columns.count != 1 { y = try reshape(y, result) }
        return try ordered((y, batch + rows + columns), output)
    }

    /// The tensor as `[batch…, outer, inner]`, each group of letters one axis.
    private func matrices(
        _ x: LetteredTensor, _ batch: [Character], _ outer: [Character], _ inner: [Character]
    ) throws -> ValueID {
        let moved = try lettersMoved(x, batch + outer + inner)
        guard outer.count != 1 || inner.count != 1 else { return moved }
        func size(_ letters: [Character]) throws -> Extent {
            let extents = letters.map { extent($0, of: x) }
            if extents.count == 1 { return extents[0] }
            return try extents.reduce(.known(1)) {
                guard case (.known(let a), .known(let b)) = ($0, $1) else { return .rest }
                return .known(try checkedProduct(a, b, "a matrix"))
            }
        }
        let result = batch.map { extent($0, of: x) } + [try size(outer), try size(inner)]
        if let known = storedConstant(of: moved) {
            let dims = result.map { if case .known(let extent) = $0 { extent } else { 1 } }
            return constant(known.reshaped(Shape(dims)), role: "matrix")
        }
        return try reshape(moved, result)
    }

    /// The tensor without the letters that nobody else has.
    private func summed(
        _ x: LetteredTensor, keeping letters: [Character]
    ) throws -> LetteredTensor {
        guard Set(x.letters).count == x.letters.count else {
            throw Problem(
                .unsupported(
                    what: "an equation with the diagonal of an operand is not supported",
                    remedy: "Use different letters for the axes of one operand."))
        }
        let axes = x.letters.indices.filter { !letters.contains(x.letters[$0]) }
        guard !axes.isEmpty else { return x }
        return (
            try reduce(.sum, x.value, axes: Array(axes)), x.letters.filter(letters.contains)
        )
    }

    private func ordered(_ x: LetteredTensor, _ output: [Character]) throws -> ValueID {
        guard x.letters.count == output.count, output.allSatisfy(x.letters.contains) else {
            throw Problem(.invalidShape("axes '\(String(output))' do not all have a source"))
        }
        return try lettersMoved(x, output)
    }

    private func lettersMoved(_ x: LetteredTensor, _ order: [Character]) throws -> ValueID {
        let axes = order.map { x.letters.firstIndex(of: $0) ?? 0 }
        if let known = storedConstant(of: x.value) {
            return constant(known.permuted(axes), role: "matrix")
        }
        return try transpose(x.value, axes)
    }

    private func extent(_ letter: Character, of x: LetteredTensor) -> Extent {
        x.letters.firstIndex(of: letter).map { extent($0, of: x.value) } ?? .known(1)
    }
}
