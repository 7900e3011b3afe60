import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `SlicingOpLambda`: indexing of a tensor, `x[:, 1:3, ..., None, 0]`.
struct SlicingOperationLayer: KerasLayer {
    static let classNames = ["SlicingOpLambda"]

    static let support = LayerSupport(
        .keras2 ... .keras2, "slices with steps, single elements, new axes")

    init(config: LayerConfig, context: LayerContext) throws {
        let function = try config.string("function", default: "__operators__.getitem")
        guard function == "__operators__.getitem" else {
            throw Problem(
                .unsupported(
                    what: "the TensorFlow function '\(function)' cannot be converted",
                    remedy: "Express it with Keras layers."))
        }
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let arguments = OperationArguments(call, in: builder)
        let specification = arguments.argument(1, "slice_spec") ?? .value(.null)
        return [try builder.indexed(arguments.input(), by: specification)]
    }
}
