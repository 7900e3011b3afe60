import Foundations
import KerasFormat
import Problems

/// The configuration of a layer, with checked access by field.
///
/// A field that is missing or has another type throws an error that names the layer, the field and the value. In readers
/// with a default, a field that is `null` counts as missing.
public struct LayerConfiguration: Sendable {
    private let config: LayerConfig

    init(_ config: LayerConfig) {
        self.config = config
    }

    /// The names of the fields, in the order of the file.
    public var fields: [String] { config.object.keys }

    /// The value of a field as it is; nil if it is missing or `null`.
    public subscript(field: String) -> ConfigurationValue? {
        config[field].map { ConfigurationValue($0) }
    }

    /// An integer.
    public func int(_ field: String) throws(LayerError) -> Int {
        try LayerError.wrapping { try config.int(field) }
    }

    /// An integer; `value` if the field is missing.
    public func int(_ field: String, default value: Int) throws(LayerError) -> Int {
        try LayerError.wrapping { try config.int(field, default: value) }
    }

    /// A number.
    public func double(_ field: String) throws(LayerError) -> Double {
        try LayerError.wrapping { try config.double(field) }
    }

    /// A number; `value` if the field is missing.
    public func double(_ field: String, default value: Double) throws(LayerError) -> Double {
        try LayerError.wrapping { try config.double(field, default: value) }
    }

    /// A truth value.
    public func bool(_ field: String) throws(LayerError) -> Bool {
        try LayerError.wrapping { try config.bool(field) }
    }

    /// A truth value; `value` if the field is missing.
    public func bool(_ field: String, default value: Bool) throws(LayerError) -> Bool {
        try LayerError.wrapping { try config.bool(field, default: value) }
    }

    /// A text.
    public func string(_ field: String) throws(LayerError) -> String {
        try LayerError.wrapping { try config.string(field) }
    }

    /// A text; `value` if the field is missing.
    public func string(_ field: String, default value: String) throws(LayerError) -> String {
        try LayerError.wrapping { try config.string(field, default: value) }
    }

    /// A list of integers; a single one is a list of one.
    public func ints(_ field: String) throws(LayerError) -> [Int] {
        try LayerError.wrapping { try config.ints(field) }
    }

    /// A list of integers; `value` if the field is missing.
    public func ints(_ field: String, default value: [Int]) throws(LayerError) -> [Int] {
        try LayerError.wrapping { try config.optionalInts(field) ?? value }
    }

    /// The numbers of nested lists, row-major, with their shape.
    public func numbers(_ field: String) throws(LayerError) -> (values: [Double], shape: [Int]) {
        try LayerError.wrapping {
            guard let array = try config.optionalArray(field) else {
                throw Problem(.missingField(field))
            }
            return (array.values, array.shape)
        }
    }
}

/// A value in a configuration, as JSON has it.
public indirect enum ConfigurationValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([ConfigurationValue])
    case object([String: ConfigurationValue])

    init(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(Int(value))
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .array(let elements): self = .array(elements.map { ConfigurationValue($0) })
        case .object(let members):
            self = .object(
                Dictionary(
                    zip(members.keys, members.values.map { ConfigurationValue($0) }),
                    uniquingKeysWith: { first, _ in first }))
        }
    }

    var json: JSONValue {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(Int64(value))
        case .double(let value): .double(value)
        case .string(let value): .string(value)
        case .array(let elements): .array(elements.map(\.json))
        case .object(let members):
            .object(
                JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
        }
    }
}

extension ConfigurationValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// An integer.
    public init(integerLiteral value: Int) { self = .int(value) }

    /// A number.
    public init(floatLiteral value: Double) { self = .double(value) }

    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// A list.
    public init(arrayLiteral elements: ConfigurationValue...) { self = .array(elements) }

    /// An object; the first of equal keys counts.
    public init(dictionaryLiteral elements: (String, ConfigurationValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { first, _ in first }))
    }

    /// `null`.
    public init(nilLiteral: ()) { self = .null }
}
