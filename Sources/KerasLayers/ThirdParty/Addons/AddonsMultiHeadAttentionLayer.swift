import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// `MultiHeadAttention`: attention of several heads, whose kernels have the heads first.
///
/// Inputs: query `[N, T, Q]`, key `[N, S, K]`, value `[N, S, V]` (the key if it is missing). Weights: query_kernel
/// `(heads, Q, size)`, key_kernel `(heads, K, size)`, value_kernel `(heads, V, size)`, projection_kernel
/// `(heads, size, out)`, projection_bias `(out)`.
struct AddonsMultiHeadAttentionLayer: CompositeLayer {
    static let classNames = ["Addons>MultiHeadAttention"]

    static let support = LayerSupport(
        package: "tensorflow-addons", .keras2 ... .keras2, "without masks")

    let context: LayerContext
    let size: Int
    let heads: Int
    let outputSize: Int?
    let usesBias: Bool
    let returnsWeights: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        size = try config.size("head_size")
        heads = try config.size("num_heads")
        outputSize = try config.optionalInt("output_size", in: ConfigLimits.size)
        usesBias = try config.bool("use_projection_bias", default: true)
        returnsWeights = try config.bool("return_attn_coef", default: false)
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        guard call.inputs.count == 2 || call.inputs.count == 3, call.masks.isEmpty,
            context.description.calls.allSatisfy({
                $0.keywordArguments["mask"]?.tensors.isEmpty ?? true
            })
        else {
            throw Problem(
                .unsupported(
                    what: "a call with masks, or with other than two or three tensors, "
                        + "is not supported",
                    remedy: "Use Keras' own MultiHeadAttention, which takes masks."))
        }
        let builder = call.builder
        let (query, key, value) = (
            call.inputs[0], call.inputs[1], call.inputs[call.inputs.count - 1]
        )
        let output = try outputSize ?? builder.shape(of: value).knownExtent(-1)
        func kernel(_ role: String, _ dims: Int...) throws -> ValueID {
            try call.weight(role, dims: [heads] + dims, isTrainable: true)
        }
        func project(_ x: ValueID, _ role: String) throws -> ValueID {
            let width = try builder.shape(of: x).knownExtent(-1)
            return try builder.einsum("nti,hio->nhto", [x, kernel(role, width, size)])
        }
        let q = try builder.binary(
            .multiply, project(query, "query_kernel"), 1 / Double(size).squareRoot())
        let k = try project(key, "key_kernel")
        let v = try project(value, "value_kernel")
        let weights = try builder.attentionWeights(
            builder.add(.batchMatMul(BatchMatMul(adjointB: true)), [q, k]), mask: nil)
        let mixed = try builder.add(.batchMatMul(BatchMatMul()), [weights, v])
        var y = try builder.einsum(
            "nhti,hio->nto", [mixed, kernel("projection_kernel", size, output)])
        if usesBias {
            y = try builder.add(
                y, call.weight("projection_bias", dims: [output], isTrainable: true))
        }
        return returnsWeights ? [y, weights] : [y]
    }
}
