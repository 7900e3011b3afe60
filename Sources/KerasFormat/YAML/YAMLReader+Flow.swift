import Foundations

/// Collections in brackets and braces.
extension YAMLReader {
    /// The list or mapping at the position.
    mutating func flow(depth: Int) throws -> JSONValue {
        let isList = peek() == UInt8(ascii: "[")
        let end = isList ? UInt8(ascii: "]") : UInt8(ascii: "}")
        position += 1
        var keys: [String] = []
        var values: [JSONValue] = []
        var seen: Set<String> = []
        while true {
            try skipFlowBlank()
            if peek() == end {
                position += 1
                return isList
                    ? .array(values) : .object(JSONObject(uniqueKeys: keys, values: values))
            }
            if !isList {
                let key = try flowKey()
                guard seen.insert(key).inserted else {
                    throw fault("the key '\(key)' occurs twice")
                }
                keys.append(key)
            }
            values.append(try flowNode(depth: depth + 1))
            try skipFlowBlank()
            if peek() == UInt8(ascii: ",") {
                position += 1
            } else if peek() != end {
                throw fault("a ',' or the end of a list is expected")
            }
        }
    }

    private mutating func flowNode(depth: Int) throws -> JSONValue {
        try skipFlowBlank()
        guard let byte = peek() else { throw fault("a list does not end") }
        if ",]}".utf8.contains(byte) {
            try count()
            return .null
        }
        // Lines inside brackets are indented as anybody likes.
        return try node(
            YAMLContext(minimumColumn: 0, sequenceColumn: nil, isInline: true, isFlow: true),
            depth: depth)
    }

    private mutating func flowKey() throws -> String {
        let key: String
        if peek() == UInt8(ascii: "\"") || peek() == UInt8(ascii: "'") {
            key = try quoted()
        } else {
            key = plain(minimumColumn: 0, isFlow: true)
        }
        try skipFlowBlank()
        guard peek() == UInt8(ascii: ":") else { throw fault("a key has no ':'") }
        position += 1
        return key
    }

    private mutating func skipFlowBlank() throws {
        while let byte = peek() {
            if byte <= 0x20 {
                position += 1
            } else if byte == UInt8(ascii: "#"), bytes[position - 1] <= 0x20 {
                try skipLine()
            } else {
                return
            }
        }
    }
}
