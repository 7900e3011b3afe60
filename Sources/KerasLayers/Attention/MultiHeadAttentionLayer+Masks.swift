import GraphIR
import Problems
import Tensors

extension MultiHeadAttentionLayer {
    /// All masks of a call as one that broadcasts to scores `[N, others…, heads, T, S]`; nil if all keys count.
    func mask(
        _ call: CallContext, _ query: ValueID, _ value: ValueID, _ layout: AttentionHeads,
        in builder: GraphBuilder
    ) throws -> ValueID? {
        var mask = try explicitMask(call, query, value, layout, in: builder)
        func merge(_ other: ValueID) throws {
            mask = try builder.bothMasks(mask, other)
        }
        func implicit(_ position: Int, _ name: String, axis: Int) throws {
            let stated =
                name == "query_mask" && ignoresQueryMask
                ? nil : call.keywords[name]?.tensors.first
            guard let steps = stated ?? call.masks.dropFirst(position).first.flatMap({ $0 })
            else { return }
            guard layout.axes == [1], layout.rank == 3 else {
                throw Problem(
                    .unsupported(
                        what: "masks are not supported if several axes are attended",
                        remedy: "Give the layer an attention_mask."))
            }
            let rows = try builder.expandDimension(builder.truth(steps), at: axis)
            try merge(builder.expandDimension(rows, at: 1))
        }
        try implicit(0, "query_mask", axis: 2)
        try implicit(1, "value_mask", axis: 1)
        try implicit(2, "key_mask", axis: 1)
        if call.flag("use_causal_mask") {
            let causal = try builder.positionMask(
                queries: (query, 1), keys: (value, 1), ahead: 0)
            try merge(lifted(causal, layout, in: builder))
        }
        if let slidingWindow {
            let window = try builder.positionMask(
                queries: (query, 1), keys: (value, 1), behind: slidingWindow - 1,
                ahead: slidingWindow - 1)
            try merge(lifted(window, layout, in: builder))
        }
        return mask
    }

    /// The mask that the call states, `[N, T, S]` or with axes for heads in front of T.
    private func explicitMask(
        _ call: CallContext, _ query: ValueID, _ value: ValueID, _ layout: AttentionHeads,
        in builder: GraphBuilder
    ) throws -> ValueID? {
        guard let stated = call.keywords["attention_mask"]?.tensors.first else { return nil }
        var mask = try builder.truth(stated)
        let attended = layout.axes.count
        let dims = builder.shape(of: mask).dims
        if attended > 1 {
            guard dims.count >= 2 * attended else {
                throw Problem(.invalidShape("the attention mask has shape \(Shape(dims))"))
            }
            mask = try builder.reshape(
                mask,
                Array(builder.extents(of: mask).dropLast(2 * attended)) + [
                    layout.extent(of: query, in: builder), layout.extent(of: value, in: builder),
                ])
        }
        return try lifted(mask, layout, in: builder)
    }

    /// A mask `[N, …, T, S]` with axes of extent 1 in front of T, up to the rank of the scores.
    private func lifted(
        _ mask: ValueID, _ layout: AttentionHeads, in builder: GraphBuilder
    ) throws -> ValueID {
        let dims = builder.shape(of: mask).dims
        let missing = layout.outerCount + 3 - dims.count
        guard missing > 0 else { return mask }
        let ones = [Int](repeating: 1, count: missing)
        return try builder.reshape(mask, Array(dims.dropLast(2)) + ones + dims.suffix(2))
    }
}
