import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `MultiHeadAttention` of keras-multi-head: softmax(q kᵀ / √D) v in each head, with an activation behind each projection.
///
/// Inputs: query, key, value, or one sequence that is all three. Weights: Wq `(Q, V)`, bq, Wk `(K, V)`, bk, Wv `(V, V)`, bv,
/// Wo `(V, V)`, bo.
struct HeadAttentionLayer: CompositeLayer {
    static let classNames = ["MultiHeadAttention"]

    static let support = LayerSupport(
        package: "keras-multi-head", .keras2 ... .keras2, "as defined there, by its fields")

    static func recognizes(_ config: LayerConfig) -> Bool { config.has("head_num") }

    let context: LayerContext
    private let heads: Int
    private let activation: JSONValue
    private let usesBias: Bool
    private let seesHistoryOnly: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        heads = try config.size("head_num")
        activation = config["activation"] ?? .null
        usesBias = try config.bool("use_bias", default: true)
        seesHistoryOnly = try config.bool("history_only", default: false)
    }

    var passesMask: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let builder = call.builder
        guard call.inputs.count == 1 || call.inputs.count == 3 else {
            throw Problem(.invalidShape("the layer got \(call.inputs.count) inputs, not 1 or 3"))
        }
        builder.remark("taken for the class of keras-multi-head", on: call.inputs)
        let inputs =
            call.inputs.count == 3 ? call.inputs : Array(repeating: call.inputs[0], count: 3)
        for input in inputs { try builder.requireRank(input, 3) }
        let size = try builder.shape(of: inputs[2]).knownExtent(-1)
        guard size % heads == 0 else {
            throw Problem(
                .invalidField("head_num", value: "\(heads)", expected: "a divisor of \(size)"))
        }
        let parts = try zip(["q", "k", "v"], inputs).map { role, x in
            let y = try projected(x, role, size, call)
            let split = try builder.reshape(
                y,
                [
                    builder.extent(0, of: y), builder.extent(1, of: y), .known(heads),
                    .known(size / heads),
                ])
            return try builder.transpose(split, [0, 2, 1, 3])
        }
        var scores = try builder.binary(
            .multiply,
            builder.add(.batchMatMul(BatchMatMul(adjointB: true)), [parts[0], parts[1]]),
            1 / (Double(size / heads)).squareRoot())
        if seesHistoryOnly {
            let earlier = try builder.positionMask(
                queries: (inputs[0], 1), keys: (inputs[1], 1), ahead: 0)
            scores = try builder.lowered(scores, unless: builder.cast(earlier, to: .float32))
        }
        if let mask = call.masks[inputs[1]] {
            let kept = try builder.cast(
                builder.expandDimension(builder.expandDimension(mask, at: 1), at: 1), to: .float32)
            scores = try builder.lowered(scores, unless: kept)
        }
        let mixed = try builder.add(
            .batchMatMul(BatchMatMul()), [builder.softmax(scores, axis: 3), parts[2]])
        let joined = try builder.reshape(
            builder.transpose(mixed, [0, 2, 1, 3]),
            [builder.extent(0, of: inputs[0]), builder.extent(1, of: inputs[0]), .known(size)])
        return [try projected(joined, "o", size, call)]
    }

    /// activation(x · W + b).
    private func projected(
        _ x: ValueID, _ role: String, _ size: Int, _ call: CustomCall
    ) throws -> ValueID {
        let features = try call.builder.shape(of: x).knownExtent(-1)
        let kernel = try call.weight("W\(role)", dims: [features, size], isTrainable: true)
        let bias = usesBias ? try call.weight("b\(role)", dims: [size], isTrainable: true) : nil
        return try call.scope.activation(
            activation, call.scope.dense(x, kernel: kernel, bias: bias))
    }
}
