import GraphIR
import KerasFormat
import Problems
import Tensors

/// `CRF` of tensorflow-addons: the most probable sequence of tags under scores of tags and of their transitions.
///
/// Outputs: the tags `[batch, steps]`, the scores `[batch, steps, units]`, the lengths of the sequences and the scores of
/// transitions. Steps are unrolled, so their number has to be known. Weights: chain_kernel `(units, units)`, left_boundary and
/// right_boundary `(units)`, the dense layer.
struct AddonsCRFLayer: CompositeLayer {
    static let classNames = ["Addons>CRF"]

    static let support = LayerSupport(
        package: "tensorflow-addons", .keras2 ... .keras2,
        "Viterbi decoding over a known number of steps; masks at the end")

    let context: LayerContext
    private let units: Int
    private let usesBoundary: Bool
    private let usesKernel: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        units = try config.size("units")
        usesBoundary = try config.bool("use_boundary", default: true)
        usesKernel = try config.bool("use_kernel", default: true)
    }

    var passesMask: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 3)
        let steps = try builder.shape(of: x).knownExtent(1)
        try checkList(steps, "the steps")
        let chain = try call.weight("chain_kernel", dims: [units, units], isTrainable: true)
        let boundaries =
            usesBoundary
            ? try ["left_boundary", "right_boundary"].map {
                try call.weight($0, dims: [units], isTrainable: true)
            } : []
        var scores = x
        if usesKernel {
            scores = try call.layer("_dense_layer", "Dense", ["units": .int(Int64(units))])(x)
        }
        let mask = try call.masks[x].map {
            try builder.reshape(
                builder.cast($0, to: .float32),
                [builder.extent(0, of: x), .known(steps), .known(1)])
        }
        for (boundary, place) in zip(boundaries, [0, steps - 1]) {
            let flags = try edge(at: place, of: steps, mask, builder)
            let vector = try builder.reshape(boundary, [1, 1, units])
            scores = try builder.add(scores, builder.multiply(flags, vector))
        }
        let tags = try decoded(scores, chain, mask: mask, steps: steps, builder)
        let ones = try builder.slice(x, axis: 2, from: 0, count: 1)
        let counted = try mask ?? builder.ones(like: ones)
        let lengths = try builder.cast(
            builder.reduce(.sum, counted, axes: [1, 2]), to: .int64)
        return [tags, scores, lengths, chain]
    }

    /// 1 at the first or last step of each sequence, 0 elsewhere: `[batch or 1, steps, 1]`.
    private func edge(
        at place: Int, of steps: Int, _ mask: ValueID?, _ builder: GraphBuilder
    ) throws -> ValueID {
        guard let mask else {
            let flags = (0..<steps).map { $0 == place ? 1.0 : 0 }
            return builder.constant(Constant(flags, [1, steps, 1]), role: "edge")
        }
        if steps == 1 { return mask }
        let zeros = try builder.binary(
            .multiply, builder.slice(mask, axis: 1, from: 0, count: 1), 0)
        let others =
            place == 0
            ? [zeros, try builder.slice(mask, axis: 1, from: 0, count: steps - 1)]
            : [try builder.slice(mask, axis: 1, from: 1, count: steps - 1), zeros]
        let neighbours = try builder.concatenate(others, axis: 1)
        return try builder.binary(.maximum, builder.subtract(mask, neighbours), 0)
    }

    /// The tags of the best path, 0 at masked steps.
    private func decoded(
        _ scores: ValueID, _ chain: ValueID, mask: ValueID?, steps: Int, _ builder: GraphBuilder
    ) throws -> ValueID {
        func step(_ x: ValueID, _ t: Int) throws -> ValueID {
            try builder.squeezeDimension(builder.slice(x, axis: 1, from: t, count: 1), at: 1)
        }
        func best(_ x: ValueID) throws -> ValueID {
            try builder.add(
                .argExtremum(ArgExtremum(.max, axis: 1, outputType: .int32)), [x])
        }
        let flags = try mask.map { try builder.truth($0) }
        let transitions = try builder.reshape(chain, [1, units, units])
        var score = try step(scores, 0)
        var origins: [ValueID] = []
        for t in 1..<max(steps, 1) {
            let paths = try builder.add(builder.expandDimension(score, at: 2), transitions)
            let next = try builder.add(
                step(scores, t), builder.reduce(.max, paths, axes: [1]))
            origins.append(try best(paths))
            score = try flags.map { try builder.select(step($0, t), next, score) } ?? next
        }
        let last = try builder.expandDimension(best(score), at: 1)
        var tags = [last]
        for t in (0..<steps - 1).reversed() {
            let tag = try builder.taken(origins[t], tags[0], axis: 1, batch: 1)
            tags.insert(
                try flags.map { try builder.select(step($0, t + 1), tag, last) } ?? tag, at: 0)
        }
        let all = try builder.concatenate(tags, axis: 1)
        guard let mask else { return all }
        let known = try builder.cast(builder.squeezeDimension(mask, at: 2), to: .int32)
        return try builder.multiply(all, known)
    }
}
