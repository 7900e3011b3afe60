import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Products of matrices and tensors.
    static let linearAlgebra: [String: Single] = [
        "Matmul": { arguments, builder in
            let (a, b) = try arguments.operands(float: true)
            return try builder.matrixProduct(
                a, b,
                adjointA: ["transpose_a", "adjoint_a", "adj_x"].contains { arguments.flag($0) },
                adjointB: ["transpose_b", "adjoint_b", "adj_y"].contains { arguments.flag($0) })
        },
        "Dot": { arguments, builder in
            let (a, b) = try arguments.operands(float: true)
            let (left, right) = (builder.shape(of: a).rank, builder.shape(of: b).rank)
            if left == 0 || right == 0 { return try builder.multiply(a, b) }
            return try builder.contracted(
                a, b, axes: ([left - 1], [max(right - 2, 0)]))
        },
        "Inner": { arguments, builder in
            let (a, b) = try arguments.operands(float: true)
            return try builder.contracted(
                a, b,
                axes: ([builder.shape(of: a).rank - 1], [builder.shape(of: b).rank - 1]))
        },
        "Outer": { arguments, builder in
            let (a, b) = try arguments.operands(float: false)
            return try builder.multiply(
                builder.reshape(a, [-1, 1]), builder.reshape(b, [1, -1]))
        },
        "Vdot": { arguments, builder in
            let (a, b) = try arguments.operands(float: true)
            let product = try builder.multiply(a, b)
            return try builder.reduce(
                .sum, product, axes: Array(builder.shape(of: product).dims.indices))
        },
        "Tensordot": { arguments, builder in
            let (a, b) = try arguments.operands(float: true)
            let (left, right) = (builder.shape(of: a), builder.shape(of: b))
            let found = arguments.plain(nil, "axes")
            if let count = found?.int {
                guard count >= 0, count <= min(left.rank, right.rank) else {
                    throw Problem(.invalidField("axes", value: "\(count)", expected: "axes"))
                }
                return try builder.contracted(
                    a, b,
                    axes: (Array(left.rank - count..<left.rank), Array(0..<count)))
            }
            let lists = (found?.array ?? []).map { ($0.array ?? [$0]).compactMap(\.int) }
            guard lists.count == 2 else { throw Problem(.missingField("axes")) }
            return try builder.contracted(
                a, b,
                axes: (lists[0].map(left.checkedAxis), lists[1].map(right.checkedAxis)))
        },
        "Einsum": { arguments, builder in
            let text = arguments.text("subscripts") ?? arguments.text("equation") ?? ""
            let inputs = try builder.commonType(arguments.inputs(), float: true)
            return try builder.einsum(text, inputs)
        },
    ]
}
