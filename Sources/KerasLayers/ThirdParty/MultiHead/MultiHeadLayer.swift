import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `MultiHead` of keras-multi-head: what several layers make of one input, or of a projection of it for each, along a last axis.
///
/// Weights: W `(D, hidden_dim · layers)` and b of the projections, if there are any, then those of the layers.
struct MultiHeadLayer: CompositeLayer {
    static let classNames = ["MultiHead"]

    static let support = LayerSupport(package: "keras-multi-head", .keras2 ... .keras2)

    let context: LayerContext
    private let layers: [JSONValue]
    private let width: Int?
    private let usesBias: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        layers = config["layers"]?.array ?? []
        guard !layers.isEmpty else { throw Problem(.missingField("layers")) }
        width = try config.optionalInt("hidden_dim", in: ConfigLimits.size)
        usesBias = try config.bool("use_bias", default: true)
    }

    /// Layers that return the last step alone have no mask.
    var passesMask: Bool { layers[0]["config"]?["return_sequences"] != .bool(false) }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        let features = try builder.shape(of: x).knownExtent(-1)
        var projections: ValueID?
        if let width {
            let size = try checkedProduct(width, layers.count, "the projections")
            let kernel = try call.weight("W", dims: [features, size], isTrainable: true)
            let bias = usesBias ? try call.weight("b", dims: [size], isTrainable: true) : nil
            projections = try call.scope.dense(x, kernel: kernel, bias: bias)
        }
        let heads = try layers.enumerated().map { index, json in
            var part = x
            if let width, let projections {
                part = try builder.slice(
                    projections, axis: builder.shape(of: x).rank - 1, from: index * width,
                    count: width)
                call.setMask(call.masks[x], of: part)
            }
            let y = try call.sublayer("layers", position: index, json)(part)
            return try builder.expandDimension(y, at: builder.shape(of: y).rank)
        }
        return [try builder.concatenate(heads, axis: builder.shape(of: heads[0]).rank - 1)]
    }
}
