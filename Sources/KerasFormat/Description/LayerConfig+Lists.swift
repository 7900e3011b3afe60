import Foundations
import Problems

extension LayerConfig {
    /// A list of integers, or one integer that stands for `count` equal ones.
    ///
    /// Any length passes if `count` is nil; a single integer is then a list of one.
    package func optionalInts(
        _ field: String, count: Int? = nil, in range: ClosedRange<Int> = ConfigLimits.int
    ) throws -> [Int]? {
        guard let value = self[field] else { return nil }
        guard let elements = value.array else {
            let single = try integer(value, in: range, of: field)
            return [Int](repeating: single, count: count ?? 1)
        }
        guard count == nil || elements.count == count else {
            throw invalid(field, value, expected: "\(count ?? 0) integers")
        }
        return try elements.map { try integer($0, in: range, of: field) }
    }

    /// A list of integers, or one integer that stands for `count` equal ones.
    package func ints(
        _ field: String, count: Int? = nil, in range: ClosedRange<Int> = ConfigLimits.int
    ) throws -> [Int] {
        try required(field, optionalInts(field, count: count, in: range))
    }

    /// A list of integers, or one integer that stands for `count` equal ones, `value` for a missing field.
    package func ints(
        _ field: String, count: Int, default value: Int,
        in range: ClosedRange<Int> = ConfigLimits.int
    ) throws -> [Int] {
        try optionalInts(field, count: count, in: range)
            ?? [Int](repeating: value, count: count)
    }

    /// Counts or extents of at least 1: `kernel_size`, `strides`.
    package func sizes(_ field: String, count: Int) throws -> [Int] {
        try ints(field, count: count, in: ConfigLimits.size)
    }

    /// Counts or extents of at least 1, or one that stands for `count` equal ones, `value` for a missing field.
    package func sizes(_ field: String, count: Int, default value: Int) throws -> [Int] {
        try ints(field, count: count, default: value, in: ConfigLimits.size)
    }

    /// Amounts before and after along `count` axes: `padding`, `cropping`.
    ///
    /// Written as one integer for all, one integer for each axis, or a pair for each axis; with one axis also as a
    /// plain pair.
    package func pairs(
        _ field: String, count: Int
    ) throws -> [(before: Int, after: Int)] {
        let value = try required(field, self[field])
        let expected = "\(count) pairs of integers"
        let range = 0...Int(Int32.max)
        let amount = { (element: JSONValue) in try integer(element, in: range, of: field) }
        guard let elements = value.array else {
            let single = try amount(value)
            return (0..<count).map { _ in (single, single) }
        }
        if count == 1, elements.count == 2, elements.allSatisfy({ $0.array == nil }) {
            return [(try amount(elements[0]), try amount(elements[1]))]
        }
        guard elements.count == count else { throw invalid(field, value, expected: expected) }
        return try elements.map { element in
            guard let pair = element.array else {
                let both = try amount(element)
                return (both, both)
            }
            guard pair.count == 2 else { throw invalid(field, value, expected: expected) }
            return (try amount(pair[0]), try amount(pair[1]))
        }
    }

    /// Numbers in nested lists, row-major, with their shape; a single number has rank 0.
    ///
    /// Arrays that Keras wraps (`{"class_name": "__numpy__", "config": {"value": …}}`) are unwrapped.
    package func optionalArray(_ field: String) throws -> NumberArray? {
        guard let value = self[field] else { return nil }
        guard let array = NumberArray(value) else {
            throw invalid(field, value, expected: "numbers in lists of equal lengths")
        }
        return array
    }

    /// The name of the computation's dtype or dtype policy: `float32`, `mixed_float16`.
    package var dtypeName: String? {
        switch self["dtype"] ?? self["input_dtype"] {
        case .string(let name)?: name
        case .object(let policy)?: policy["config"]?["name"]?.string
        default: nil
        }
    }
}

/// Numbers that a configuration holds.
package struct NumberArray: Sendable, Equatable {
    /// The extents.
    package let shape: [Int]
    /// The numbers, row-major.
    package let values: [Double]

    /// A single number.
    package init(_ value: Double) {
        shape = []
        values = [value]
    }

    /// The numbers of a value; nil unless it is a number or nested lists of equal lengths.
    package init?(_ value: JSONValue) {
        var value = value
        if let kind = value["class_name"]?.string, kind == "__numpy__" || kind == "__tensor__",
            let inner = value["config"]?["value"]
        {
            value = inner
        }
        var shape: [Int] = []
        var level = value
        while let elements = level.array {
            shape.append(elements.count)
            guard let first = elements.first else { break }
            level = first
        }
        var values: [Double] = []
        guard Self.collect(value, shape[...], into: &values) else { return nil }
        self.shape = shape
        self.values = values
    }

    private static func collect(
        _ value: JSONValue, _ shape: ArraySlice<Int>, into values: inout [Double]
    ) -> Bool {
        guard let count = shape.first else {
            guard let number = value.number else { return false }
            values.append(number)
            return true
        }
        guard let elements = value.array, elements.count == count else { return false }
        return elements.allSatisfy { collect($0, shape.dropFirst(), into: &values) }
    }
}
