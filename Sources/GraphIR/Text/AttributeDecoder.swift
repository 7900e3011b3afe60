/// Makes a payload from the text values of its attributes.
struct AttributeDecoder {
    /// The payload with these attributes; missing ones take the value that goes without saying.
    ///
    /// - Throws: `AttributeError` for missing, unknown or ill-formed attributes.
    static func decode<Payload: OpPayload>(
        _: Payload.Type, from attributes: [String: AttributeValue]
    ) throws -> Payload {
        let fields = Fields(attributes)
        let payload = try Payload(from: Root(fields: fields))
        if let unknown = attributes.keys.filter({ !fields.read.contains($0) }).min() {
            throw AttributeError(reason: "\(Payload.name) has no attribute '\(unknown)'")
        }
        return payload
    }

    /// Attributes and which of them have been asked for.
    private final class Fields {
        let values: [String: AttributeValue]
        var read: Set<String> = []

        init(_ values: [String: AttributeValue]) {
            self.values = values
        }
    }

    private struct Root: Decoder {
        let fields: Fields
        let codingPath: [any CodingKey] = []
        let userInfo: [CodingUserInfoKey: Any] = [:]

        func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedDecodingContainer<Key> {
            KeyedDecodingContainer(Keyed(fields: fields))
        }
        func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw unexpected }
        func singleValueContainer() throws -> any SingleValueDecodingContainer { throw unexpected }
    }

    private static let unexpected = AttributeError(reason: "attributes are no plain fields")

    private static func decode<Value: Decodable>(
        _: Value.Type, from value: AttributeValue
    ) throws -> Value {
        let mismatch = AttributeError(reason: "'\(value.text)' is no \(Value.self)")
        let result: Any?
        switch (Value.self, value) {
        case (let type as any AttributeText.Type, .word(let word)): result = type.init(text: word)
        case (is Int.Type, .word(let word)): result = Int32(word).map { Int($0) }
        case (is [Int].Type, .list(let values)):
            result = try values.map { try decode(Int.self, from: $0) }
        case (is [[Int]].Type, .list(let values)):
            result = try values.map { try decode([Int].self, from: $0) }
        case (let type as any LosslessStringConvertible.Type, .word(let word)):
            result = type.init(word)
        case (let type as any RawRepresentable.Type, .word(let word)):
            result = rawRepresentable(type, word)
        default: result = nil
        }
        guard let result = result as? Value else { throw mismatch }
        return result
    }

    private static func rawRepresentable<Value: RawRepresentable>(
        _: Value.Type, _ word: String
    ) -> Value? {
        (word as? Value.RawValue).flatMap { Value(rawValue: $0) }
    }

    private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let fields: Fields
        let codingPath: [any CodingKey] = []
        var allKeys: [Key] { fields.values.keys.compactMap { Key(stringValue: $0) } }

        func contains(_ key: Key) -> Bool { fields.values[key.stringValue] != nil }
        func decodeNil(forKey key: Key) -> Bool { !contains(key) }
        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            fields.read.insert(key.stringValue)
            if let value = fields.values[key.stringValue] {
                return try AttributeDecoder.decode(type, from: value)
            }
            if let neutral = type as? any NeutralAttribute.Type,
                let value = neutral.neutral as? Value
            {
                return value
            }
            throw AttributeError(reason: "attribute '\(key.stringValue)' is missing")
        }
        func nestedContainer<Nested: CodingKey>(
            keyedBy: Nested.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> { throw unexpected }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            throw unexpected
        }
        func superDecoder() throws -> any Decoder { throw unexpected }
        func superDecoder(forKey key: Key) throws -> any Decoder { throw unexpected }
    }
}
