/// Turns the attributes of a payload into text values, in the order of their declaration.
///
/// Values that go without saying (`NeutralAttribute`) are left out.
struct AttributeEncoder {
    /// The attributes of a payload.
    static func fields(of payload: any OpPayload) -> [(name: String, value: AttributeValue)] {
        let sink = Sink()
        do {
            try payload.encode(to: Root(sink: sink))
        } catch {
            return sink.fields
        }
        return sink.fields
    }

    /// Where the values of one container go.
    private final class Sink {
        var fields: [(name: String, value: AttributeValue)] = []
    }

    private struct Root: Encoder {
        let sink: Sink
        let codingPath: [any CodingKey] = []
        let userInfo: [CodingUserInfoKey: Any] = [:]

        func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
            KeyedEncodingContainer(Keyed(sink: sink))
        }
        func unkeyedContainer() -> any UnkeyedEncodingContainer { Flat(sink: sink) }
        func singleValueContainer() -> any SingleValueEncodingContainer { Flat(sink: sink) }
    }

    private static func value(of value: some Encodable) throws -> AttributeValue {
        switch value {
        case let value as any AttributeText: return .word(value.text)
        case let value as any LosslessStringConvertible: return .word(value.description)
        default: break
        }
        let sink = Sink()
        try value.encode(to: Root(sink: sink))
        let isList = value is [Int] || value is [[Int]]
        if !isList, let only = sink.fields.first { return only.value }
        return .list(sink.fields.map(\.value))
    }

    private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let sink: Sink
        let codingPath: [any CodingKey] = []

        func encodeNil(forKey key: Key) {}
        func encode(_ value: some Encodable, forKey key: Key) throws {
            if let value = value as? any NeutralAttribute, value.isNeutral { return }
            sink.fields.append((key.stringValue, try AttributeEncoder.value(of: value)))
        }
        func nestedContainer<Nested: CodingKey>(
            keyedBy: Nested.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Nested> {
            KeyedEncodingContainer(AttributeEncoder.Keyed<Nested>(sink: sink))
        }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            Flat(sink: sink)
        }
        func superEncoder() -> any Encoder { Root(sink: sink) }
        func superEncoder(forKey key: Key) -> any Encoder { Root(sink: sink) }
    }

    private struct Flat: UnkeyedEncodingContainer, SingleValueEncodingContainer {
        let sink: Sink
        let codingPath: [any CodingKey] = []
        var count: Int { sink.fields.count }

        func encodeNil() {}
        func encode(_ value: some Encodable) throws {
            sink.fields.append(("", try AttributeEncoder.value(of: value)))
        }
        func nestedContainer<Nested: CodingKey>(
            keyedBy: Nested.Type
        ) -> KeyedEncodingContainer<Nested> {
            KeyedEncodingContainer(Keyed<Nested>(sink: sink))
        }
        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { Flat(sink: sink) }
        func superEncoder() -> any Encoder { Root(sink: sink) }
    }
}

extension NeutralAttribute {
    var isNeutral: Bool { self == Self.neutral }
}
