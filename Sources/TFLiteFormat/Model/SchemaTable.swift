/// A table of the schema that holds the structure of a model.
///
/// A type declares its fields once, in `visitFields`; encoding and decoding are visitors.
protocol SchemaTable {
    /// Shows every field to `visitor`, in the order of the slots.
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws
}

/// A union of the schema: a tag, and a table of the type that the tag names.
protocol SchemaUnion: SchemaTable {
    /// The tag of the member.
    var tag: UInt8 { get }

    /// The member with this tag, with the defaults of the schema; nil for 0 and for tags that are not read.
    static func defaults(tag: UInt8) -> Self?

    /// Whether all fields of the member are known, so that they can be written.
    var isWritable: Bool { get }
}

/// What is done with each field of a table.
///
/// A call consumes one slot of the table, that of a union two. Vectors and strings with `keepsEmpty` are written even if
/// they are empty.
protocol FieldVisitor: OptionsVisitor {
    /// An unsigned 32-bit integer, by default 0.
    mutating func visitIndex(_ name: StaticString, _ value: inout Int) throws
    /// A vector of 32-bit integers.
    mutating func visit(
        _ name: StaticString, _ value: inout [TensorIndex], keepsEmpty: Bool) throws
    /// An 8-bit integer, by default 0.
    mutating func visitByte(_ name: StaticString, _ value: inout Int8) throws
    /// A string; nil if it is absent.
    mutating func visit(_ name: StaticString, _ value: inout String?) throws
    /// A vector of 32-bit integers.
    mutating func visit(_ name: StaticString, _ value: inout [Int], keepsEmpty: Bool) throws
    /// A vector of integers of any other width.
    mutating func visitVector<Number: FixedWidthInteger & BitwiseCopyable>(
        _ name: StaticString, _ value: inout [Number]) throws
    /// A table; nil if it is absent. `table` has the defaults of the schema.
    mutating func visit<Table: SchemaTable>(
        _ name: StaticString, _ value: inout Table?, of table: Table) throws
    /// A vector of tables. `element` has the defaults of the schema.
    mutating func visit<Table: SchemaTable>(
        _ name: StaticString, _ value: inout [Table], of element: Table, keepsEmpty: Bool) throws
    /// A union; nil if its tag is 0 or not read, or its table is absent.
    mutating func visitUnion<Union: SchemaUnion>(
        _ name: StaticString, _ value: inout Union?) throws
    /// The constants of a model.
    mutating func visit(_ name: StaticString, _ value: inout [TFLiteBuffer]) throws
}

extension FieldVisitor {
    /// A string that is always written; empty if it is absent.
    mutating func visitName(_ name: StaticString, _ value: inout String) throws {
        var string: String? = value
        try visit(name, &string)
        value = string ?? ""
    }

    mutating func visit<Table: SchemaTable>(
        _ name: StaticString, _ value: inout [Table], of element: Table
    ) throws {
        try visit(name, &value, of: element, keepsEmpty: false)
    }

    mutating func visitIndex(_ name: StaticString, _ value: inout SchemaIndex<some Any>) throws {
        try visitIndex(name, &value.position)
    }

    /// The bits of booleans.
    mutating func visit(_ name: StaticString, _ value: inout [Bool]) throws {
        var bytes = value.map { $0 ? 1 : 0 as UInt8 }
        try visitVector(name, &bytes)
        value = bytes.map { $0 != 0 }
    }
}
