import CJSONC
import Foundations
import Problems

/// Reads JSON text as Python writes it.
package enum JSONParser {
    /// How deep arrays and objects may be nested.
    ///
    /// A model nested in a model takes four levels; reading, building and freeing recurse at most this deep.
    static let maximumDepth: Int32 = 256
    /// The largest text that is read, in bytes.
    static let maximumSize = 1 << 28

    /// The value that `text` holds.
    ///
    /// - Throws: `Problem.Kind.truncated` if the text ends early, `malformed` with the place of a fault,
    ///   `tooLarge` beyond 256 MB or 256 levels, `overBudget` for more values than there is memory for.
    package static func parse(_ text: UnsafeRawBufferPointer) throws -> JSONValue {
        var text = text
        if text.starts(with: [0xEF, 0xBB, 0xBF]) {
            text = UnsafeRawBufferPointer(rebasing: text.dropFirst(3))
        }
        guard text.count <= maximumSize else {
            throw Problem(.tooLarge(what: "JSON text", value: "\(text.count) bytes"))
        }
        return try ResourceBudget.current.holding(byteCount(of: text), for: "the JSON text") {
            try parsed(text)
        }
    }

    /// An upper bound of the memory that the values of a text take, by its commas, colons and brackets.
    private static func byteCount(of text: UnsafeRawBufferPointer) -> Int {
        var (elements, groups) = (1, 0)
        for byte in text {
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") {
                elements += 1
            } else if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
                groups += 1
            }
        }
        return 2 * text.count + 150 * elements + 600 * groups
    }

    private static func parsed(_ text: UnsafeRawBufferPointer) throws -> JSONValue {
        guard text.contains(where: { !isSpace($0) }) else {
            throw Problem(.truncated(what: "JSON text"))
        }
        guard let tokener = json_tokener_new_ex(maximumDepth) else { throw withoutMemory(text) }
        defer { json_tokener_free(tokener) }
        errno = 0
        let root = json_tokener_parse_ex(
            tokener, text.bindMemory(to: CChar.self).baseAddress, Int32(text.count))
        defer { json_object_put(root) }
        // Without memory json-c stops and reports success.
        guard errno != ENOMEM else { throw withoutMemory(text) }
        let end = Int(clamping: json_tokener_get_parse_end(tokener))
        try check(json_tokener_get_error(tokener), at: end, in: text)
        if let trailing = text.dropFirst(end).firstIndex(where: { !isSpace($0) && $0 != 0 }) {
            throw malformed("text after the end of the value", at: trailing, in: text)
        }
        return value(of: root)
    }

    /// The value that a string holds.
    package static func parse(_ text: String) throws -> JSONValue {
        var text = text
        return try text.withUTF8 { try parse(UnsafeRawBufferPointer($0)) }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func check(
        _ error: json_tokener_error, at offset: Int, in text: UnsafeRawBufferPointer
    ) throws {
        switch error {
        case json_tokener_success:
            return
        case json_tokener_continue:
            throw Problem(.truncated(what: "JSON text"))
        case json_tokener_error_depth:
            throw Problem(
                .tooLarge(what: "JSON nesting", value: "more than \(maximumDepth) levels"))
        default:
            throw malformed(String(cString: json_tokener_error_desc(error)), at: offset, in: text)
        }
    }

    private static func withoutMemory(_ text: UnsafeRawBufferPointer) -> Problem {
        Problem(
            .tooLarge(what: "JSON text", value: "\(text.count) bytes, more than fit into memory"))
    }

    private static func malformed(
        _ reason: String, at offset: Int, in text: UnsafeRawBufferPointer
    ) -> Problem {
        let before = text.prefix(offset)
        let line = before.count { $0 == 0x0A } + 1
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return Problem(
            .malformed(
                what: "JSON text",
                reason: "\(reason) at line \(line), column \(offset - lineStart + 1)"))
    }

    private static func value(of source: OpaquePointer?) -> JSONValue {
        switch json_object_get_type(source) {
        case json_type_boolean: .bool(json_object_get_boolean(source) != 0)
        case json_type_int: number(of: source)
        case json_type_double: .double(json_object_get_double(source))
        case json_type_string: .string(text(of: source))
        case json_type_array:
            .array(
                (0..<json_object_array_length(source)).map {
                    value(of: json_object_array_get_idx(source, $0))
                })
        case json_type_object: .object(members(of: source))
        default: .null
        }
    }

    private static func number(of source: OpaquePointer?) -> JSONValue {
        let unsigned = json_object_get_uint64(source)
        return unsigned > UInt64(Int64.max)
            ? .double(Double(unsigned)) : .int(json_object_get_int64(source))
    }

    private static func text(of source: OpaquePointer?) -> String {
        guard let bytes = json_object_get_string(source) else { return "" }
        let count = Int(json_object_get_string_len(source))
        return String(
            decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    private static func members(of source: OpaquePointer?) -> JSONObject {
        var keys: [String] = []
        var values: [JSONValue] = []
        var cursor = json_object_iter_begin(source)
        var end = json_object_iter_end(source)
        while json_object_iter_equal(&cursor, &end) == 0 {
            if let name = json_object_iter_peek_name(&cursor) {
                keys.append(String(cString: name))
                values.append(value(of: json_object_iter_peek_value(&cursor)))
            }
            json_object_iter_next(&cursor)
        }
        return JSONObject(uniqueKeys: keys, values: values)
    }
}
