import GraphIR
import Tensors

extension GraphBuilder {
    /// The product of inputs in which masked steps count as one; zero if all inputs are masked.
    func maskedProduct(_ inputs: [ValueID], _ masks: [ValueID?]) throws -> ValueID {
        var product: ValueID?
        var union: ValueID?
        for (input, mask) in zip(inputs, masks) {
            var factor = input
            if let mask = try mask.map({ try stepMask($0, like: input) }) {
                factor = try select(mask, input, filled(1, like: input))
                union = try union.map { try binary(.logicalOr, $0, mask) } ?? mask
            }
            product = try product.map { try binary(.multiply, $0, factor) } ?? factor
        }
        guard let product else { return inputs[0] }
        guard let union, masks.allSatisfy({ $0 != nil }) else { return product }
        return try select(union, product, filled(0, like: product))
    }

    /// The largest or smallest elements of inputs in which masked steps do not count beside others.
    func maskedExtremum(
        _ kind: Binary.Kind, _ inputs: [ValueID], _ masks: [ValueID?]
    ) throws -> ValueID {
        let aligned = try zip(inputs, masks).map { input, mask in
            try mask.map { try stepMask($0, like: input) }
        }
        var (result, union) = (inputs[0], aligned[0])
        for (input, mask) in zip(inputs, aligned).dropFirst() {
            let other = try mask.map { try select($0, input, result) } ?? input
            let first = try union.map { try select($0, result, other) } ?? result
            if let mask, let known = union {
                union = try binary(.logicalOr, known, mask)
            } else {
                union = nil
            }
            result = try binary(kind, first, other)
        }
        return result
    }

    /// A mask with axes of extent 1 behind, so that it has the rank of `x`.
    private func stepMask(_ mask: ValueID, like x: ValueID) throws -> ValueID {
        let missing = shape(of: x).rank - shape(of: mask).rank
        guard missing > 0 else { return mask }
        return try reshape(mask, shape(of: mask).dims + [Int](repeating: 1, count: missing))
    }

    private func filled(_ value: Double, like x: ValueID) -> ValueID {
        let one = Constant(Tensor(dtype: .float64, shape: [1], copying: [value]), as: dtype(of: x))
        return constant(one, role: "neutral")
    }
}
