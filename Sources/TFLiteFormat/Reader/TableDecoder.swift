import Problems

/// Sets the fields of a table of the schema from a table of a file.
struct TableDecoder: FieldVisitor {
    private let table: FlatTableView
    /// What keeps the bytes of the file alive.
    private let owner: AnyObject
    private var slot = 0

    init(_ table: FlatTableView, owner: AnyObject) {
        self.table = table
        self.owner = owner
    }

    /// The model in the bytes of a file, which stay as long as `owner` lives.
    ///
    /// - Throws: `Problem.Kind.malformed`, `truncated` or `unsupportedOperator`. Indices are not checked.
    static func model(_ bytes: UnsafeRawBufferPointer, owner: AnyObject) throws -> TFLiteModel {
        guard bytes.count >= 8 else { throw Problem(.truncated(what: "the TFLite file")) }
        guard bytes[4..<8].elementsEqual(TFLiteWriter.identifier.utf8) else {
            throw Problem(
                .malformed(
                    what: "TFLite file",
                    reason: "bytes 4 to 7 are not \(TFLiteWriter.identifier)"))
        }
        var model = TFLiteModel()
        var decoder = TableDecoder(try FlatBytes(bytes).root(), owner: owner)
        try model.visitFields(&decoder)
        return model
    }

    /// The root table of a FlatBuffer of any format, whose bytes stay as long as `owner` lives.
    ///
    /// - Parameter defaults: the table with the defaults of its schema.
    /// - Throws: `Problem.Kind.malformed` or `truncated`.
    static func root<Table: SchemaTable>(
        _ defaults: Table, _ bytes: UnsafeRawBufferPointer, owner: AnyObject
    ) throws -> Table {
        var (table, decoder) = (defaults, TableDecoder(try FlatBytes(bytes).root(), owner: owner))
        try table.visitFields(&decoder)
        return table
    }

    private mutating func next() -> Int {
        defer { slot += 1 }
        return slot
    }

    private func decoded<Table: SchemaTable>(
        _ defaults: Table, _ view: FlatTableView
    ) throws -> Table {
        var (table, decoder) = (defaults, TableDecoder(view, owner: owner))
        try table.visitFields(&decoder)
        return table
    }

    mutating func visit(_ name: StaticString, _ value: inout Int, default: Int) throws {
        value = try table.int(next(), default: Int32(truncatingIfNeeded: `default`))
    }

    mutating func visit(_ name: StaticString, _ value: inout Int64) throws {
        value = try table.integer(next())
    }

    mutating func visitIndex(_ name: StaticString, _ value: inout Int) throws {
        value = try table.index(next())
    }

    mutating func visitByte(_ name: StaticString, _ value: inout Int8) throws {
        value = try table.integer(next())
    }

    mutating func visit(_ name: StaticString, _ value: inout Float) throws {
        value = try table.float(next())
    }

    mutating func visit(_ name: StaticString, _ value: inout Bool, default: Bool) throws {
        value = try table.bool(next(), default: `default`)
    }

    mutating func visit(_ name: StaticString, _ value: inout some SchemaEnum) throws {
        value = try table.enumeration(next())
    }

    mutating func visit(_ name: StaticString, _ value: inout [Int]) throws {
        value = try table.integers(next()) { (number: Int32) in Int(number) }
    }

    mutating func visit(_ name: StaticString, _ value: inout [Int], keepsEmpty: Bool) throws {
        value = try table.integers(next()) { (number: Int32) in Int(number) }
    }

    mutating func visit(
        _ name: StaticString, _ value: inout [TensorIndex], keepsEmpty: Bool
    ) throws {
        value = try table.integers(next()) { (number: Int32) in TensorIndex(Int(number)) }
    }

    mutating func visit(_ name: StaticString, _ value: inout [Float]) throws {
        value = try table.integers(next(), Float.init(bitPattern:))
    }

    mutating func visitVector<Number: FixedWidthInteger & BitwiseCopyable>(
        _ name: StaticString, _ value: inout [Number]
    ) throws {
        value = try table.integers(next()) { $0 }
    }

    mutating func visit(_ name: StaticString, _ value: inout String) throws {
        value = try table.string(next()) ?? ""
    }

    mutating func visit(_ name: StaticString, _ value: inout String?) throws {
        value = try table.string(next())
    }

    mutating func visit<Table: SchemaTable>(
        _ name: StaticString, _ value: inout Table?, of table: Table
    ) throws {
        value = try self.table.table(next()).map { try decoded(table, $0) }
    }

    mutating func visit<Table: SchemaTable>(
        _ name: StaticString, _ value: inout [Table], of element: Table, keepsEmpty: Bool
    ) throws {
        let slot = next()
        value = try table.tables(slot) { try decoded(element, $0) }
    }

    mutating func visitUnion<Union: SchemaUnion>(
        _ name: StaticString, _ value: inout Union?
    ) throws {
        let member = Union.defaults(tag: try table.integer(next()))
        let slot = next()
        value = try member.flatMap { member in
            try table.table(slot).map { try decoded(member, $0) }
        }
    }

    mutating func visit(_ name: StaticString, _ value: inout [TFLiteBuffer]) throws {
        let slot = next()
        value = try table.tables(slot) { try buffer($0) }
    }

    mutating func skip() {
        slot += 1
    }

    private func buffer(_ table: FlatTableView) throws -> TFLiteBuffer {
        guard let bytes = try table.bufferBytes() else { return TFLiteBuffer() }
        return TFLiteBuffer(MemorySource(bytes, owner: owner))
    }
}
