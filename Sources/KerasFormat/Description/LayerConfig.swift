import Foundations
import Problems

/// The configuration of a layer.
///
/// Every reader comes in three forms: `int("units")` for a field that has to be there, `int("groups", default: 1)`,
/// and `optionalInt("max_value")`. The last two take a field that is `null` for a missing one.
///
/// They throw `Problem.Kind.missingField`, and `invalidField` with the value and what was expected.
package struct LayerConfig: Sendable, Equatable {
    /// The fields.
    package let object: JSONObject

    package init(_ object: JSONObject) {
        self.object = object
    }

    /// The value of a field; nil if it is missing or `null`.
    package subscript(field: String) -> JSONValue? {
        guard let value = object[field], !value.isNull else { return nil }
        return value
    }

    func required<Value>(_ field: String, _ value: Value?) throws -> Value {
        guard let value else { throw Problem(.missingField(field)) }
        return value
    }

    func invalid(_ field: String, _ value: JSONValue, expected: String) -> Problem {
        Problem(.invalidField(field, value: value.description, expected: expected))
    }

    /// An integer in `range`; nil for a missing field.
    package func optionalInt(
        _ field: String, in range: ClosedRange<Int> = ConfigLimits.int
    ) throws -> Int? {
        guard let value = self[field] else { return nil }
        return try integer(value, in: range, of: field)
    }

    /// An integer in `range`.
    package func int(_ field: String, in range: ClosedRange<Int> = ConfigLimits.int) throws -> Int {
        try required(field, optionalInt(field, in: range))
    }

    /// An integer in `range`, `value` for a missing field.
    package func int(
        _ field: String, default value: Int, in range: ClosedRange<Int> = ConfigLimits.int
    ) throws -> Int {
        try optionalInt(field, in: range) ?? value
    }

    /// A count or extent of at least 1: `units`, `filters`.
    package func size(_ field: String) throws -> Int { try int(field, in: ConfigLimits.size) }

    /// A count or extent of at least 1, `value` for a missing field.
    package func size(_ field: String, default value: Int) throws -> Int {
        try int(field, default: value, in: ConfigLimits.size)
    }

    /// A number; infinite values pass, NaN does not.
    package func optionalDouble(_ field: String) throws -> Double? {
        guard let value = self[field] else { return nil }
        guard let number = value.number, !number.isNaN else {
            throw invalid(field, value, expected: "a number")
        }
        return number
    }

    /// A number; infinite values pass, NaN does not.
    package func double(_ field: String) throws -> Double {
        try required(field, optionalDouble(field))
    }

    /// A number; infinite values pass, NaN does not, `value` for a missing field.
    package func double(_ field: String, default value: Double) throws -> Double {
        try optionalDouble(field) ?? value
    }

    /// A truth value; 0 and 1 pass for one.
    package func optionalBool(_ field: String) throws -> Bool? {
        switch self[field] {
        case nil: return nil
        case .bool(let value)?: return value
        case .int(0)?: return false
        case .int(1)?: return true
        case let value?: throw invalid(field, value, expected: "true or false")
        }
    }

    /// A truth value; 0 and 1 pass for one.
    package func bool(_ field: String) throws -> Bool { try required(field, optionalBool(field)) }

    /// A truth value; 0 and 1 pass for one, `value` for a missing field.
    package func bool(_ field: String, default value: Bool) throws -> Bool {
        try optionalBool(field) ?? value
    }

    /// A string; nil for a missing field.
    package func optionalString(_ field: String) throws -> String? {
        guard let value = self[field] else { return nil }
        guard let text = value.string else { throw invalid(field, value, expected: "a string") }
        return text
    }

    /// A string.
    package func string(_ field: String) throws -> String {
        try required(field, optionalString(field))
    }

    /// A string, `value` for a missing field.
    package func string(_ field: String, default value: String) throws -> String {
        try optionalString(field) ?? value
    }

    /// One of the strings that are the raw values of an enumeration.
    package func optionalChoice<Choice>(_ field: String, of _: Choice.Type = Choice.self) throws
        -> Choice? where Choice: RawRepresentable<String> & CaseIterable
    {
        guard let value = self[field] else { return nil }
        guard let choice = value.string.flatMap(Choice.init(rawValue:)) else {
            let names = Choice.allCases.map { $0.rawValue }.joined(separator: ", ")
            throw invalid(field, value, expected: "one of \(names)")
        }
        return choice
    }

    /// One of the strings that are the raw values of an enumeration.
    package func choice<Choice>(_ field: String, of _: Choice.Type = Choice.self) throws -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        try required(field, optionalChoice(field, of: Choice.self))
    }

    /// One of the strings that are the raw values of an enumeration, `value` for a missing field.
    package func choice<Choice>(_ field: String, default value: Choice) throws -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        try optionalChoice(field, of: Choice.self) ?? value
    }

    /// The integer that `value` is: all of `field`, or an element of it.
    package func integer(
        _ value: JSONValue, in range: ClosedRange<Int>, of field: String
    ) throws -> Int {
        guard let number = value.int, range.contains(number) else {
            throw invalid(
                field, self[field] ?? value,
                expected: "integers from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

/// The ranges of numbers that a graph can hold: its extents and offsets have 32 bits.
package enum ConfigLimits {
    /// Any integer.
    package static let int = -Int(Int32.max)...Int(Int32.max)
    /// A count or extent.
    package static let size = 1...Int(Int32.max)
}
