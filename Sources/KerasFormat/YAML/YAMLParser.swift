import Foundations
import Problems

/// Reads the YAML that PyYAML writes: `model.to_yaml()` of Keras 1 to 2.5.
///
/// A reader of its own, because files of strangers are read here and nobody has to write YAML: libraries expand aliases
/// without limit, or compare keys that do so. It knows block and flow collections, all styles of scalars, anchors, aliases and
/// Python's tags for tuples, texts and the wrappers of TensorFlow; keys are scalars. Complex keys, merge keys and more than one
/// document are refused, and nothing is ever constructed.
package enum YAMLParser {
    /// The largest text that is read, in bytes.
    static let maximumSize = 1 << 26
    /// How deep collections may be nested.
    static let maximumDepth = 200
    /// The most values, those of each alias counted again.
    static let maximumCount = 1 << 20

    /// Whether text is likely an architecture in YAML: a line states the class of a model.
    package static func isArchitecture(_ text: some Collection<UInt8>) -> Bool {
        text.prefix(1 << 20).split(separator: 0x0A).contains { line in
            line.starts(with: "class_name:".utf8)
        }
    }

    /// The value in the text.
    ///
    /// - Parameter text: UTF-8.
    /// - Throws: `malformed` with the line of a fault, `tooLarge` beyond the limits.
    package static func parse(_ text: [UInt8]) throws -> JSONValue {
        guard text.count <= maximumSize else {
            throw Problem(.tooLarge(what: "YAML text", value: "\(text.count) bytes"))
        }
        return try ResourceBudget.current.holding(byteCount(of: text), for: "the YAML text") {
            var reader = YAMLReader(text)
            return try reader.document()
        }
    }

    /// An upper bound of the memory that the values of a text take, by its lines, commas and brackets.
    private static func byteCount(of text: [UInt8]) -> Int {
        let ends: [UInt8] = [0x0A, UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "{")]
        return 2 * text.count + 300 * (text.count { ends.contains($0) } + 1)
    }
}

/// The state of reading one document.
struct YAMLReader {
    let bytes: [UInt8]
    var position = 0
    /// How many more values there may be.
    private var budget = YAMLParser.maximumCount
    private var anchors: [String: (value: JSONValue, count: Int)] = [:]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws -> JSONValue {
        try skipBlank()
        while peek() == UInt8(ascii: "%") {
            try skipLine()
            try skipBlank()
        }
        if startsMarker("---") { position += 3 }
        let value = try node(YAMLContext(minimumColumn: 0, sequenceColumn: 0), depth: 0)
        try skipBlank()
        if startsMarker("...") { position += 3 }
        try skipBlank()
        guard position == bytes.count else {
            throw fault("there is text after the end of the document")
        }
        return value
    }

    /// A value of any kind, with its anchor and tag.
    mutating func node(_ context: YAMLContext, depth: Int) throws -> JSONValue {
        guard depth < YAMLParser.maximumDepth else {
            throw Problem(
                .tooLarge(
                    what: "YAML nesting", value: "more than \(YAMLParser.maximumDepth) levels"))
        }
        let before = budget
        var context = context
        var anchor: String?
        var tag: String?
        while true {
            if try skipBlank(), !context.isFlow { context.isInline = false }
            guard let byte = peek(), holds(context, byte) else { break }
            if byte == UInt8(ascii: "&"), anchor == nil {
                position += 1
                anchor = word()
            } else if byte == UInt8(ascii: "!"), tag == nil {
                tag = word()
            } else {
                break
            }
        }
        let content = try content(context, tag: tag, depth: depth)
        let value = try YAMLTag.applied(tag, to: content) { fault($0) }
        if let anchor { anchors[anchor] = (value, before - budget) }
        return value
    }

    /// The value of an alias.
    mutating func alias() throws -> JSONValue {
        position += 1
        let name = word()
        guard let anchor = anchors[name] else { throw fault("the anchor '\(name)' is missing") }
        try count(anchor.count)
        return anchor.value
    }

    /// Takes values from the budget.
    mutating func count(_ values: Int = 1) throws {
        budget -= values
        guard budget >= 0 else {
            throw Problem(
                .tooLarge(what: "YAML text", value: "more than \(YAMLParser.maximumCount) values"))
        }
    }

    private mutating func content(
        _ context: YAMLContext, tag: String?, depth: Int
    ) throws -> JSONValue {
        try count()
        guard let byte = peek(), holds(context, byte) else { return .null }
        switch byte {
        case UInt8(ascii: "*"):
            return try alias()
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            return try flow(depth: depth)
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            return .string(try blockScalar(minimumColumn: context.minimumColumn))
        case UInt8(ascii: "-") where isIndicator():
            guard !context.isInline else { throw fault("a list begins within a line") }
            return try sequence(depth: depth)
        default:
            if !context.isInline, isKeyAhead() { return try mapping(depth: depth) }
            return try scalar(
                minimumColumn: context.minimumColumn, isFlow: context.isFlow,
                isPlainText: tag == "!!str")
        }
    }

    /// Whether the token at the position belongs to a value in this context.
    private func holds(_ context: YAMLContext, _ byte: UInt8) -> Bool {
        if startsMarker("---") || startsMarker("...") { return false }
        return context.isInline || column >= context.minimumColumn
            || (column == context.sequenceColumn && byte == UInt8(ascii: "-") && isIndicator())
    }

    private mutating func sequence(depth: Int) throws -> JSONValue {
        let start = column
        var elements: [JSONValue] = []
        while peek() == UInt8(ascii: "-"), isIndicator(), column == start {
            position += 1
            let context = YAMLContext(minimumColumn: start + 1, sequenceColumn: nil)
            elements.append(try node(context, depth: depth + 1))
            try skipBlank()
        }
        return .array(elements)
    }

    private mutating func mapping(depth: Int) throws -> JSONValue {
        let start = column
        var keys: [String] = []
        var values: [JSONValue] = []
        var seen: Set<String> = []
        while peek() != nil, column == start, !startsMarker("---"), !startsMarker("...") {
            guard isKeyAhead() else { throw fault("a key with ':' is expected") }
            let key = try key()
            guard seen.insert(key).inserted else { throw fault("the key '\(key)' occurs twice") }
            let context = YAMLContext(
                minimumColumn: start + 1, sequenceColumn: start, isInline: true)
            keys.append(key)
            values.append(try node(context, depth: depth + 1))
            try skipBlank()
        }
        guard peek() == nil || column < start || startsMarker("...") || startsMarker("---") else {
            throw fault("a line is indented too far")
        }
        return .object(JSONObject(uniqueKeys: keys, values: values))
    }
}

/// Where a value may begin.
struct YAMLContext {
    /// The least column of the value.
    let minimumColumn: Int
    /// The column at which a list may begin even so: that of the key that it belongs to.
    let sequenceColumn: Int?
    /// Whether the value is on the line of its key, on which no block begins.
    var isInline = false
    /// Whether the value is inside brackets or braces.
    var isFlow = false
}
