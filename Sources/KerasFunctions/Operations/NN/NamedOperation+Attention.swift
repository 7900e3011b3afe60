import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Attention as one operation.
    static let attention: [String: Single] = [
        "DotProductAttention": { arguments, builder in
            guard arguments.argument(nil, "attn_logits_soft_cap") == nil,
                let key = arguments.argument(1, "key"), let value = arguments.argument(2, "value")
            else {
                throw Problem(
                    .unsupported(
                        what: "attention with limited scores is not supported",
                        remedy: "Use MultiHeadAttention."))
            }
            let inputs = try [
                arguments.operand("query"), arguments.value(key), arguments.value(value),
            ]
            let parts = try inputs.map { try builder.transpose($0, [0, 2, 1, 3]) }
            let size = try builder.shape(of: parts[0]).knownExtent(3)
            let scale = try arguments.number(
                5, "scale", default: 1 / Double(max(size, 1)).squareRoot())
            let scaled = try builder.binary(.multiply, parts[0], scale)
            var scores = try builder.add(
                .batchMatMul(BatchMatMul(adjointB: true)), [scaled, parts[1]])
            if let bias = arguments.argument(3, "bias") {
                scores = try builder.add(scores, arguments.value(bias, like: scores))
            }
            var mask = try arguments.argument(4, "mask").map {
                try builder.truth(arguments.value($0))
            }
            if arguments.flag("is_causal") {
                let causal = try builder.positionMask(
                    queries: (scores, -2), keys: (scores, -1), ahead: 0)
                mask = try builder.bothMasks(mask, causal)
            }
            let weights = try builder.attentionWeights(scores, mask: mask)
            let y = try builder.add(.batchMatMul(BatchMatMul()), [weights, parts[2]])
            return try builder.transpose(y, [0, 2, 1, 3])
        }
    ]
}
