/// A JSON value, with Python's additions `NaN`, `Infinity` and `-Infinity`.
package indirect enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number written without fraction and exponent that fits.
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The elements of an array, or nil for anything else.
    package var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of an object, or nil for anything else.
    package var object: JSONObject? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The text of a string, or nil for anything else.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of an integer, or of a number that is one (`64.0`).
    package var int: Int? {
        switch self {
        case .int(let value): Int(exactly: value)
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }

    /// The value of any number.
    package var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// Whether this is `null`.
    package var isNull: Bool { self == .null }

    /// The member of an object; nil for a missing member and for anything that is not an object.
    package subscript(_ key: String) -> JSONValue? { object?[key] }
}

/// The members of a JSON object, in the order of the file.
///
/// The objects of model files have few members, which are searched one by one.
package struct JSONObject: Sendable, Equatable {
    /// The keys; unique.
    package private(set) var keys: [String] = []
    /// The values, in the order of `keys`.
    package private(set) var values: [JSONValue] = []

    package init() {}

    package init(_ members: [(String, JSONValue)]) {
        for (key, value) in members { self[key] = value }
    }

    /// An object of keys, each of which occurs once, and their values.
    package init(uniqueKeys keys: [String], values: [JSONValue]) {
        self.keys = keys
        self.values = values
    }

    /// The value of a member, nil for a missing one.
    package subscript(_ key: String) -> JSONValue? {
        get { keys.firstIndex(of: key).map { values[$0] } }
        set {
            switch (keys.firstIndex(of: key), newValue) {
            case (let index?, let value?):
                values[index] = value
            case (let index?, nil):
                keys.remove(at: index)
                values.remove(at: index)
            case (nil, let value?):
                keys.append(key)
                values.append(value)
            case (nil, nil):
                break
            }
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value on one line, shortened, for messages.
    package var description: String {
        var text = ""
        write(to: &text, limit: 80)
        return text
    }

    private func write(to text: inout String, limit: Int) {
        guard text.utf8.count < limit else { return }
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let value): text += String(value)
        case .double(let value): text += String(value)
        case .string(let value): text += "\"\(value.prefix(limit))\""
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                guard text.utf8.count < limit else {
                    text += "…"
                    break
                }
                if index > 0 { text += ", " }
                element.write(to: &text, limit: limit)
            }
            text += "]"
        case .object(let members):
            text += "{\(members.keys.prefix(6).joined(separator: ", "))}"
        }
    }
}
