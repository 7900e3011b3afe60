import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems

/// `TensorFlowOpLayer`: a node of a TensorFlow graph, as Keras up to TensorFlow 2.3 recorded operations.
///
/// Its operands are the layer's inputs, with the constants of the configuration inserted at their positions.
struct RawTensorFlowOperationLayer: KerasLayer {
    static let classNames = ["TensorFlowOpLayer"]

    static let support = LayerSupport(
        .keras2 ... .keras2, "a node of a TensorFlow graph, see below")

    private let operands: [String]
    private let constants: [Int: JSONValue]
    private let attributes: LayerConfig
    private let body: NamedOperation.Build

    init(config: LayerConfig, context: LayerContext) throws {
        guard let node = config["node_def"], let operation = node["op"]?.string else {
            throw Problem(.missingField("node_def"))
        }
        guard let known = TensorFlowVocabulary.operations[operation] else {
            throw Problem(
                .unsupported(
                    what: "the TensorFlow operation '\(operation)' cannot be converted",
                    remedy: "Express it with Keras layers."))
        }
        operands = known.operands
        let choice = TensorFlowDefaults(known.name)
        var fields = choice.config.object
        for (key, value) in zip(
            node["attr"]?.object?.keys ?? [], node["attr"]?.object?.values ?? [])
        {
            if let (name, plain) = Self.attribute(key, value) { fields[name] = plain }
        }
        attributes = LayerConfig(fields)
        var constants: [Int: JSONValue] = [:]
        if let object = config["constants"]?.object {
            for (key, value) in zip(object.keys, object.values) {
                guard let position = Int(key), (0..<1 << 16).contains(position) else { continue }
                constants[position] = value
            }
        }
        self.constants = constants
        body = try NamedOperation.named(choice.name, as: operation)
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        var tensors = call.inputs[...]
        let all = (0..<call.inputs.count + constants.count).compactMap { position in
            constants[position].map { CallArgument.value($0) }
                ?? tensors.popFirst().map { CallArgument.tensor($0) }
        }
        var named = call
        named.arguments = operands.isEmpty ? all : []
        named.keywords = [:]
        let gathered = max(all.count - operands.count + 1, 0)
        var position = 0
        for operand in operands where position < all.count {
            if operand == "*" {
                named.arguments = Array(all[position..<min(position + gathered, all.count)])
                position += gathered
            } else if operand == "x" {
                named.arguments = [all[position]]
                position += 1
            } else {
                named.keywords[operand] = all[position]
                position += 1
            }
        }
        return try body(
            OperationArguments(named, config: attributes, in: builder), builder)
    }

    /// An attribute under the name and in the form that functions use.
    private static func attribute(
        _ key: String, _ value: JSONValue
    ) -> (name: String, value: JSONValue)? {
        let names = [
            "keep_dims": "keepdims", "squeeze_dims": "axis", "num_split": "num_or_size_splits",
            "dilations": "dilation_rate", "DstT": "dtype",
        ]
        let name = names[key] ?? key
        if let flag = value["b"] { return (name, flag) }
        if let number = value["f"] { return (name, number) }
        if let text = value["i"]?.string, let number = Int64(text) { return (name, .int(number)) }
        if let number = value["i"] { return (name, number) }
        if let list = value["list"]?["i"]?.array {
            return (name, .array(list.map { $0.string.flatMap(Int64.init).map { .int($0) } ?? $0 }))
        }
        if key == "DstT", let type = value["type"]?.string { return (name, .string(plain(type))) }
        guard let text = value["s"]?.string else { return nil }
        return (name, .string(decoded(text)))
    }

    /// `DT_FLOAT` as `float32`, `DT_INT32` as `int32`.
    private static func plain(_ type: String) -> String {
        switch type {
        case "DT_FLOAT": "float32"
        case "DT_DOUBLE": "float64"
        case "DT_HALF": "float16"
        default: String(type.dropFirst(3)).lowercased()
        }
    }

    /// Text that the file holds in base 64.
    private static func decoded(_ text: String) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var (bits, count) = (0, 0)
        var bytes: [UInt8] = []
        for character in text where character != "=" {
            guard let value = digits.firstIndex(of: character) else { return text }
            (bits, count) = (bits << 6 | value, count + 6)
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 255))
                bits &= (1 << count) - 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
