/// A table of the schema's union `BuiltinOptions`.
///
/// A type declares its fields once, in `visitFields`; encoding, decoding and printing are visitors.
package protocol OptionsTable: Sendable, Equatable {
    /// The tag of the table in the union.
    static var tag: UInt8 { get }

    /// A table with the defaults of the schema.
    init()

    /// Shows every field to `visitor`, in the order of the slots.
    mutating func visitFields(_ visitor: inout some OptionsVisitor) throws
}

/// What is done with each field of an options table.
///
/// A call consumes one slot of the table. `name` is the field's name in the schema.
package protocol OptionsVisitor {
    /// A 32-bit integer.
    mutating func visit(_ name: StaticString, _ value: inout Int, default: Int) throws
    /// A 64-bit integer, by default 0.
    mutating func visit(_ name: StaticString, _ value: inout Int64) throws
    /// A 32-bit float, by default 0.
    mutating func visit(_ name: StaticString, _ value: inout Float) throws
    /// A boolean.
    mutating func visit(_ name: StaticString, _ value: inout Bool, default: Bool) throws
    /// A value of an enumeration stored in one byte, by default the one numbered 0.
    mutating func visit(_ name: StaticString, _ value: inout some SchemaEnum) throws
    /// A vector of 32-bit integers; an absent one is empty.
    mutating func visit(_ name: StaticString, _ value: inout [Int]) throws
    /// A vector of 32-bit floats; an absent one is empty.
    mutating func visit(_ name: StaticString, _ value: inout [Float]) throws
    /// A string; an absent one is empty.
    mutating func visit(_ name: StaticString, _ value: inout String) throws
    /// A slot that is no longer used.
    mutating func skip()
}

extension OptionsVisitor {
    package mutating func visit(_ name: StaticString, _ value: inout Int) throws {
        try visit(name, &value, default: 0)
    }

    package mutating func visit(_ name: StaticString, _ value: inout Bool) throws {
        try visit(name, &value, default: false)
    }
}

extension BuiltinOptions {
    /// The tag in the union.
    package var tag: UInt8 {
        switch self {
        case .empty(let table): table.rawValue
        default: table.map { type(of: $0).tag } ?? 0
        }
    }

    /// The name of the table in the schema, such as `Conv2DOptions`.
    package var tableName: String {
        switch self {
        case .empty(let table): table.tableName
        default: table.map { "\(type(of: $0))" } ?? ""
        }
    }

    /// The defaults of the member with this tag; nil for 0 and for tags beyond the known ones.
    package static func defaults(tag: UInt8) -> BuiltinOptions? {
        tag >= 1 && tag <= allDefaults.count ? allDefaults[Int(tag) - 1] : nil
    }
}
