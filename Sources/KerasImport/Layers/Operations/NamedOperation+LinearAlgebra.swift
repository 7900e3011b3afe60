import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Products of matrices and tensors.
    static let linearAlgebra: [String: Single] = [
        "Matmul": { arguments, builder in
            let (a, b) = try arguments.operands()
            let values = try builder.commonType([a, b], float: true)
            return try builder.matrixProduct(
                values[0], values[1],
                adjointA: ["transpose_a", "adjoint_a", "adj_x"].contains { arguments.flag($0) },
                adjointB: ["transpose_b", "adjoint_b", "adj_y"].contains { arguments.flag($0) })
        },
        "Dot": { arguments, builder in
            let (a, b) = try arguments.operands()
            let values = try builder.commonType([a, b], float: true)
            let (left, right) = (builder.shape(of: a).rank, builder.shape(of: b).rank)
            if left == 0 || right == 0 { return try builder.multiply(values[0], values[1]) }
            return try builder.contracted(
                values[0], values[1], axes: ([left - 1], [max(right - 2, 0)]))
        },
        "Inner": { arguments, builder in
            let (a, b) = try arguments.operands()
            let values = try builder.commonType([a, b], float: true)
            return try builder.contracted(
                values[0], values[1],
                axes: ([builder.shape(of: a).rank - 1], [builder.shape(of: b).rank - 1]))
        },
        "Outer": { arguments, builder in
            let (a, b) = try arguments.operands()
            let values = try builder.commonType([a, b], float: false)
            return try builder.multiply(
                builder.reshape(values[0], [-1, 1]), builder.reshape(values[1], [1, -1]))
        },
        "Vdot": { arguments, builder in
            let (a, b) = try arguments.operands()
            let values = try builder.commonType([a, b], float: true)
            let product = try builder.multiply(values[0], values[1])
            return try builder.reduce(
                .sum, product, axes: Array(builder.shape(of: product).dims.indices))
        },
        "Tensordot": { arguments, builder in
            let (a, b) = try arguments.operands()
            let values = try builder.commonType([a, b], float: true)
            let (left, right) = (builder.shape(of: a), builder.shape(of: b))
            let found = arguments.argument(nil, "axes")?.json
            if let count = found?.int {
                guard count >= 0, count <= min(left.rank, right.rank) else {
                    throw Problem(.invalidField("axes", value: "\(count)", expected: "axes"))
                }
                return try builder.contracted(
                    values[0], values[1],
                    axes: (Array(left.rank - count..<left.rank), Array(0..<count)))
            }
            let lists = (found?.array ?? []).map { ($0.array ?? [$0]).compactMap(\.int) }
            guard lists.count == 2 else { throw Problem(.missingField("axes")) }
            return try builder.contracted(
                values[0], values[1],
                axes: (lists[0].map(left.checkedAxis), lists[1].map(right.checkedAxis)))
        },
        "Einsum": { arguments, builder in
            let text = arguments.text("subscripts") ?? arguments.text("equation") ?? ""
            let inputs = try builder.commonType(arguments.inputs(), float: true)
            return try builder.einsum(text, inputs)
        },
    ]
}

extension GraphBuilder {
    /// A matrix product as NumPy defines it: a vector gets an axis that the result does not have.
    func matrixProduct(
        _ a: ValueID, _ b: ValueID, adjointA: Bool = false, adjointB: Bool = false
    ) throws -> ValueID {
        let (isRow, isColumn) = (shape(of: a).rank == 1, shape(of: b).rank == 1)
        let left = isRow ? try expandDimension(a, at: 0) : a
        let right = isColumn ? try expandDimension(b, at: 1) : b
        var y: ValueID
        if let matrix = graph[right].constant, matrix.shape.rank == 2, !adjointA {
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
    func contracted(_ a: ValueID, _ b: ValueID, axes: ([Int], [Int])) throws -> ValueID {
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
