import GraphIR
import KerasFormat
import Problems

/// A quantizer of larq as a layer of its own.
struct LarqQuantizerLayer: KerasLayer {
    static let classNames = LarqQuantizer.classNames

    static let support = LayerSupport(package: "larq", .keras2 ... .keras2)

    private let quantizer: PackageQuantizer

    init(config: LayerConfig, context: LayerContext) throws {
        quantizer = try LarqQuantizer.quantizer(className: context.className, config)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try quantizer.apply(to: call.onlyInput(), in: builder)]
    }
}
