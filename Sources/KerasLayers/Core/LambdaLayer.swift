import GraphIR
import KerasFormat
import Problems

/// `Lambda`: Python bytecode, which cannot be converted.
struct LambdaLayer: KerasLayer {
    static let classNames = ["Lambda"]

    static let support = LayerSupport(
        .keras1 ... .keras3,
        refusal: "it holds Python code; replace it by layers, or register `Lambda`")

    init(config: LayerConfig, context: LayerContext) throws {
        throw Problem(
            .unsupported(
                what: "a Lambda holds Python code",
                remedy: "Replace it by Keras layers with the same effect and save again, or "
                    + "describe it in Swift with Converter.register."))
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] { [] }
}
