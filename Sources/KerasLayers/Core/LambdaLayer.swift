import Foundations
import GraphIR
import KerasFormat
import KerasFunctions

/// `Lambda`: a function in Python, whose code is read and never run.
struct LambdaLayer: KerasLayer {
    static let classNames = ["Lambda"]

    static let support = LayerSupport(
        .keras1 ... .keras3, "what the stored code computes, or a definition says; see `Lambda.md`")

    private let body: LambdaBody
    private let arguments: JSONObject

    init(config: LayerConfig, context: LayerContext) throws {
        body = try LambdaBody(
            config["function"] ?? .null, type: config["function_type"]?.string,
            module: config["module"]?.string, layer: context.description.name,
            version: context.version, definitions: context.custom.lambdas)
        arguments = config["arguments"]?.object ?? JSONObject()
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        // Wrappers change the inputs, not the arguments, which tell whether there is a list.
        let isList = call.arguments.first.map { $0.elements != nil } ?? (call.inputs.count != 1)
        let inputs = call.inputs.map { LambdaValue.tensor($0) }
        return try body.apply(
            to: isList ? .list(inputs) : .tensor(call.onlyInput()), arguments: arguments,
            mask: (call.masks.first ?? nil).map { .tensor($0) } ?? LambdaValue.none, in: builder)
    }
}
