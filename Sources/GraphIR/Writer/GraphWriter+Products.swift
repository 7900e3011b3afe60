import Problems
import Tensors

/// Products of matrices and tensors.
extension GraphWriter {
    /// A matrix product as NumPy defines it: a vector gets an axis that the result does not have.
    package func matrixProduct(
        _ a: ValueID, _ b: ValueID, adjointA: Bool = false, adjointB: Bool = false
    ) throws -> ValueID {
        let (isRow, isColumn) = (shape(of: a).rank == 1, shape(of: b).rank == 1)
        let left = isRow ? try expandDimension(a, at: 0) : a
        let right = isColumn ? try expandDimension(b, at: 1) : b
        var y: ValueID
        if let matrix = storedConstant(of: right), matrix.shape.rank == 2, !adjointA {
            let filter = adjointB ? matrix : matrix.permuted([1, 0])
            y = try add(
                .fullyConnected(FullyConnected()), [left, constant(filter, role: "matrix")])
        } else {
            let op = BatchMatMul(adjointA: adjointA, adjointB: adjointB)
            y = try add(.batchMatMul(op), [left, right])
        }
        if isColumn { y = try squeezeDimension(y, at: shape(of: y).rank - 1) }
        if isRow { y = try squeezeDimension(y, at: shape(of: y).rank - (isColumn ? 1 : 2)) }
        return y
    }

    /// Sums of products over pairs of axes; the other axes of a, then those of b.
    package func contracted(_ a: ValueID, _ b: ValueID, axes: ([Int], [Int])) throws -> ValueID {
        let (left, right) = (shape(of: a).rank, shape(of: b).rank)
        guard axes.0.count == axes.1.count, left + right < 40 else {
            throw Problem(.invalidShape("axes \(axes.0) and \(axes.1) do not fit"))
        }
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        let first = Array(letters[0..<left])
        var second = Array(letters[left..<left + right])
        for (x, y) in zip(axes.0, axes.1) { second[y] = first[x] }
        let output =
            first.indices.filter { !axes.0.contains($0) }.map { first[$0] }
            + second.indices.filter { !axes.1.contains($0) }.map { second[$0] }
        return try contracted((a, first), (b, second), to: output)
    }
}
