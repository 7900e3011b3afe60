import GraphIR
import KerasFormat
import Tensors

/// `Extract` of keras-bert: one step of a sequence.
struct ExtractLayer: KerasLayer {
    static let classNames = ["Extract"]

    static let support = LayerSupport(package: "keras-bert", .keras2 ... .keras2)

    private let index: Int

    init(config: LayerConfig, context: LayerContext) throws {
        index = try config.int("index", in: -(1 << 30)...1 << 30)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let first = try index < 0 ? builder.shape(of: x).knownExtent(1) + index : index
        return [
            try builder.squeezeDimension(builder.slice(x, axis: 1, from: first, count: 1), at: 1)
        ]
    }
}
