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
