import GraphIR
import Problems

/// `Lambda`: Python bytecode, which cannot be converted.
struct LambdaLayer: KerasLayer {
    static let classNames = ["Lambda"]

    init(config: LayerConfig, context: LayerContext) throws {
        throw Problem(
            .unsupported(
                what: "a Lambda holds Python code",
                remedy: "Replace it by Keras layers with the same effect and save again."))
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] { [] }
}
