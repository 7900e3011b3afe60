import Interpreter

/// Swift code with a type for a model, with the inputs and outputs as properties.
///
/// The code finds the file as a resource of the module that it is compiled in.
struct SwiftAccessor {
    /// An input or output.
    private struct Port {
        /// The name in the signature, as a name in Swift.
        let property: String
        let name: String
        let description: LiteTensorDescription

        /// The Swift type of an element; nil if the whole tensor is handed over as it is.
        var element: String? {
            guard !description.shape.dropFirst().contains(-1) else { return nil }
            return switch description.elementType {
            case .float32: "Float"
            case .float64: "Double"
            case .int8: "Int8"
            case .int16: "Int16"
            case .int32: "Int32"
            case .int64: "Int64"
            case .uint8: "UInt8"
            case .uint16: "UInt16"
            case .uint32: "UInt32"
            case .uint64: "UInt64"
            case .bool: "Bool"
            case .float16, .bfloat16: nil
            }
        }

        var type: String { element.map { "[\($0)]" } ?? "LiteTensor" }

        /// A comment that says what the elements are.
        var comment: String {
            let shape = description.shape.map { $0 == -1 ? "?" : String($0) }
            let storage = description.quantization.map { ", \($0)" } ?? ""
            return "/// `\(name)`: \(shape.joined(separator: "×")) of "
                + "\(description.elementType.rawValue)\(storage)."
        }
    }

    private let type: String
    private let resource: String
    private let inputs: [Port]
    private let outputs: [Port]

    /// Describes a model.
    ///
    /// - Parameters:
    ///   - name: the name of the type; nil for that of the file, in upper camel case.
    ///   - path: the path of the `.tflite` file.
    init(_ model: LiteModel, name: String?, path: String) {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        resource = file.hasSuffix(".tflite") ? String(file.dropLast(7)) : file
        type = name ?? Self.identifier(resource, isType: true)
        inputs = Self.ports(model.inputNames, model.inputs)
        outputs = Self.ports(model.outputNames, model.outputs)
    }

    private static func ports(
        _ names: [String], _ descriptions: [LiteTensorDescription]
    ) -> [Port] {
        var used: Set<String> = []
        return zip(names, descriptions).enumerated().map { index, port in
            var property = identifier(port.0, isType: false)
            if !used.insert(property).inserted {
                property += "_\(index)"
                used.insert(property)
            }
            return Port(property: property, name: port.0, description: port.1)
        }
    }

    /// `image_2` → `image2`, `dense/BiasAdd` → `denseBiasAdd`; names that Swift uses itself are quoted.
    private static func identifier(_ name: String, isType: Bool) -> String {
        let words = name.unicodeScalars.split { !$0.properties.isAlphabetic && !isDigit($0) }
        var result = words.enumerated().map { index, word in
            let text = String(String.UnicodeScalarView(word))
            guard index > 0 || isType else { return text.prefix(1).lowercased() + text.dropFirst() }
            return text.prefix(1).uppercased() + text.dropFirst()
        }.joined()
        if result.isEmpty { result = isType ? "Model" : "value" }
        if result.unicodeScalars.first.map(isDigit) ?? false {
            result = (isType ? "Model" : "value") + result
        }
        return keywords.contains(result) ? "`\(result)`" : result
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }

    private static let keywords: Set<String> = [
        "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else",
        "enum", "extension", "fallthrough", "false", "for", "func", "guard", "if", "import", "in",
        "init", "inout", "internal", "is", "let", "nil", "operator", "private", "protocol",
        "public", "repeat", "return", "self", "static", "struct", "subscript", "super", "switch",
        "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]

    /// The code.
    var text: String {
        """
        // Made by kconvert; changes are lost with the next build.
        import Foundation
        import Interpreter

        /// The model in `\(resource).tflite`.
        public struct \(type): Sendable {
            /// What the model is run on, with any number of records one after the other.
            public struct Input: Sendable {
        \(properties(inputs, "var"))

                /// Inputs.
                public init(\(inputs.map { "\($0.property): \($0.type)" }.joined(separator: ", "))) {
        \(inputs.map { "            self.\($0.property) = \($0.property)" }.joined(separator: "\n"))
                }
            }

            /// What the model computes, with the records one after the other.
            public struct Output: Sendable {
        \(properties(outputs, "let"))
            }

            /// The model itself.
            public let model: LiteModel

            /// Loads the model from the resources of this module.
            ///
            /// - Throws: `LiteModelError` if the file is missing or damaged.
            public init(options: LiteModel.Options = LiteModel.Options()) throws(LiteModelError) {
                let url = Bundle.module.url(forResource: "\(resource)", withExtension: "tflite")
                model = try LiteModel(contentsOf: url?.path ?? "\(resource).tflite", options: options)
            }

            /// Runs the model.
            ///
            /// - Throws: `LiteModelError` if an input has another number of elements than a whole number of records.
            public func predict(_ input: Input) throws(LiteModelError) -> Output {
                let outputs = try model.predict([
        \(inputs.map { "            \(argument($0))," }.joined(separator: "\n"))
                ])
                return \(outputs.contains { $0.element != nil } ? "try " : "")Output(
        \(outputs.enumerated().map { "            \($1.property): \(result($1, $0))" }.joined(separator: ",\n")))
            }
        }

        """
    }

    private func properties(_ ports: [Port], _ keyword: String) -> String {
        ports.map {
            "        \($0.comment)\n        public \(keyword) \($0.property): \($0.type)"
        }.joined(separator: "\n")
    }

    /// The tensor of an input.
    private func argument(_ port: Port) -> String {
        guard port.element != nil else { return "input.\(port.property)" }
        let shape = port.description.shape
        guard !shape.isEmpty else { return "LiteTensor(input.\(port.property), shape: [])" }
        let size = shape.dropFirst().reduce(1, *)
        let extents =
            ["input.\(port.property).count / \(max(size, 1))"]
            + shape.dropFirst().map(String.init)
        return "LiteTensor(input.\(port.property), shape: [\(extents.joined(separator: ", "))])"
    }

    /// The value of an output.
    private func result(_ port: Port, _ index: Int) -> String {
        port.element.map { "outputs[\(index)].values(of: \($0).self)" } ?? "outputs[\(index)]"
    }
}
