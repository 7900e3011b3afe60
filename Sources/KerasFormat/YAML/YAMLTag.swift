import Foundations
import Problems

/// The tags that PyYAML writes for values of Python, none of which is ever constructed.
enum YAMLTag {
    /// Tags whose value says all.
    private static let plain: Set<String> = [
        "!!str", "!!int", "!!float", "!!bool", "!!null", "!!seq", "!!map", "!!binary", "!!set",
        "!!python/tuple", "!!python/list", "!!python/dict", "!!python/str", "!!python/unicode",
        "!!python/bytes", "!!python/int", "!!python/long", "!!python/float", "!!python/bool",
        "!!python/none",
    ]

    /// Classes that stand for their one argument.
    private static let wrappers: Set<Substring> = [
        "TensorShape", "Dimension", "ListWrapper", "_DictWrapper", "_TupleWrapper", "OrderedDict",
    ]

    /// The value that a tag and its content stand for.
    ///
    /// - Throws: what `fault` makes for objects of other classes.
    static func applied(
        _ tag: String?, to value: JSONValue, _ fault: (String) -> Problem
    ) throws -> JSONValue {
        guard let tag, tag != "!", !plain.contains(tag) else { return value }
        if tag.hasSuffix(":numpy.dtype") { return value["args"]?.array?.first ?? value }
        if tag.hasSuffix("multiarray.scalar"), let parts = value.array, parts.count == 2,
            let type = parts[0].string, let bytes = parts[1].string,
            let number = NumPyScalar.value(type: type, base64: bytes)
        {
            return number
        }
        guard tag.hasPrefix("!!python/object"),
            let name = tag.split(whereSeparator: { ".:".contains($0) }).last,
            wrappers.contains(name)
        else { throw fault("'\(tag)' is not a value that can be read") }
        guard let arguments = value.array ?? value["args"]?.array else {
            return value["dictitems"] ?? value["listitems"] ?? value
        }
        guard let first = arguments.first else {
            return name == "OrderedDict" ? .object(JSONObject()) : .array([])
        }
        return name == "OrderedDict" ? try pairs(first, fault) : first
    }

    /// The mapping that a list of pairs is.
    private static func pairs(_ value: JSONValue, _ fault: (String) -> Problem) throws -> JSONValue
    {
        guard let pairs = value.array else { return value }
        var keys: [String] = []
        var values: [JSONValue] = []
        for pair in pairs {
            guard let parts = pair.array, parts.count == 2, let key = parts[0].string else {
                throw fault("an ordered mapping has no pairs")
            }
            keys.append(key)
            values.append(parts[1])
        }
        guard Set(keys).count == keys.count else { throw fault("a key occurs twice") }
        return .object(JSONObject(uniqueKeys: keys, values: values))
    }
}
