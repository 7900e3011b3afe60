import GraphIR
import KerasFormat
import Problems
import Tensors

/// `CausalMask`: attention scores `[N, heads, T, S]`, less 65504 for keys after the query.
struct CausalMaskLayer: KerasLayer {
    static let classNames = ["kecam/gpt2>CausalMask"]

    static let support = LayerSupport(
        package: "keras-cv-attention-models", .keras2 ... .keras3, "without a cache")

    init(config: LayerConfig, context: LayerContext) throws {
        if try config.bool("is_kv_cache", default: false) {
            throw Problem(
                .unsupported(
                    what: "'is_kv_cache' is not supported",
                    remedy: "Save the model as it is called without a cache."))
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        let earlier = try builder.positionMask(queries: (x, 2), keys: (x, 3), ahead: 0)
        let kept = try builder.cast(earlier, to: .float32)
        let penalty = try builder.binary(
            .multiply, builder.binary(.subtract, kept, 1), 65504)
        return [try builder.add(x, penalty)]
    }
}
