import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Discretization`: the number of boundaries that a value reaches, as an index or encoded.
struct DiscretizationLayer: KerasLayer {
    static let classNames = ["Discretization"]

    static let support = LayerSupport(.keras2 ... .keras3, "with bin boundaries in the file")

    let boundaries: [Double]
    let output: CategoryOutput
    let givesInt64: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        guard config.has("bin_boundaries") else {
            throw Problem(
                .unsupported(
                    what: "the file holds no bin boundaries",
                    remedy: "Adapt the layer, or give it bin_boundaries, and save again."))
        }
        boundaries = try config.array("bin_boundaries").values
        output = try config.choice("output_mode", default: .int)
        givesInt64 = context.version.discretizesToInt64
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let rank = builder.shape(of: x).rank
        guard !boundaries.isEmpty else {
            throw Problem(.invalidField("bin_boundaries", value: "[]", expected: "numbers"))
        }
        let bounds = builder.constant(
            Constant(boundaries, [boundaries.count]), role: "boundaries")
        let reached = try builder.binary(
            .greaterEqual, builder.expandDimension(x, at: rank), bounds)
        let count = try builder.reduce(.sum, builder.cast(reached, to: .float32), axes: [rank])
        let type: DType = output == .int && givesInt64 ? .int64 : .int32
        let index = try builder.cast(count, to: type)
        return [try output.encode(index, depth: boundaries.count + 1, in: builder)]
    }
}
