import Foundations

/// Mutates fields of a protobuf message, at any depth, and makes the lengths around them right again.
enum ProtobufMutator {
    private struct Field {
        /// The number and the wire type.
        let key: UInt64
        /// The number of a field without length.
        let number: UInt64
        /// The content of a field with length or of fixed size.
        var content: [UInt8]

        var wireType: UInt64 { key & 7 }
    }

    private static let deepest = 12

    /// - Returns: nil for bytes that are not a message.
    static func mutated(
        _ bytes: [UInt8], _ generator: inout SplitMix64, depth: Int = 0
    ) -> [UInt8]? {
        guard depth < deepest, var fields = fields(of: bytes[...]), !fields.isEmpty else {
            return nil
        }
        let index = Int.random(in: fields.indices, using: &generator)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: fields.remove(at: index)
        case 1: fields.insert(fields[index], at: 0)
        case 2: fields.swapAt(index, Int.random(in: fields.indices, using: &generator))
        default: fields[index] = mutated(fields[index], &generator, depth: depth)
        }
        return fields.flatMap(encoded)
    }

    private static func mutated(
        _ field: Field, _ generator: inout SplitMix64, depth: Int
    ) -> Field {
        var field = field
        guard field.wireType == 2 else {
            let bit = UInt64(1) << UInt64.random(in: 0..<64, using: &generator)
            let numbers = [0, 1, .max, bit, bit &- 1, field.number &+ 1, field.number ^ bit]
            let number = numbers.randomElement(using: &generator) ?? 0
            if field.wireType != 0 { field.content = libFuzzerMutation(field.content, growth: 0) }
            return Field(key: field.key, number: number, content: field.content)
        }
        let isDirect = Int.random(in: 0..<4, using: &generator) == 0
        let inner = isDirect ? nil : mutated(field.content, &generator, depth: depth + 1)
        field.content = inner ?? libFuzzerMutation(field.content)
        return field
    }

    private static func fields(of bytes: ArraySlice<UInt8>) -> [Field]? {
        var fields: [Field] = []
        var rest = bytes
        while !rest.isEmpty {
            guard let key = varint(&rest), key >> 3 > 0 else { return nil }
            var number: UInt64 = 0
            var count = 0
            switch key & 7 {
            case 0:
                guard let value = varint(&rest) else { return nil }
                number = value
            case 1: count = 8
            case 2:
                guard let value = varint(&rest).flatMap({ Int(exactly: $0) }) else { return nil }
                count = value
            case 5: count = 4
            default: return nil
            }
            guard count <= rest.count else { return nil }
            fields.append(Field(key: key, number: number, content: Array(rest.prefix(count))))
            rest = rest.dropFirst(count)
        }
        return fields
    }

    private static func encoded(_ field: Field) -> [UInt8] {
        switch field.wireType {
        case 0: encoded(field.key) + encoded(field.number)
        case 2: encoded(field.key) + encoded(UInt64(field.content.count)) + field.content
        default: encoded(field.key) + field.content
        }
    }

    private static func varint(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }

    /// A number in seven bits a byte, the lowest first.
    static func encoded(_ value: UInt64) -> [UInt8] {
        var rest = value
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
