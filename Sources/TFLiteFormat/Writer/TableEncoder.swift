import Problems

/// Makes a table of a file of the fields of a table of the schema, leaving out defaults.
struct TableEncoder: FieldVisitor {
    /// Where the data of a buffer goes.
    enum Placement {
        /// Into the FlatBuffer, in a vector of the buffer's table.
        case inside
        /// Behind the FlatBuffer; the buffer's table has the position in the file.
        case outside
    }

    /// The table so far.
    private var table = FlatTable()
    private var slot = 0
    private let placement: Placement
    /// Buffers that tools look up by name; they stay inside.
    private let metadataBuffers: Set<BufferIndex>

    private init(_ placement: Placement, _ metadataBuffers: Set<BufferIndex>) {
        self.placement = placement
        self.metadataBuffers = metadataBuffers
    }

    /// The root table of a model.
    ///
    /// - Throws: `Problem.Kind.tooLarge` if a number does not fit its field, and `malformed` if the model has parts that
    ///   cannot be written.
    static func root(of model: TFLiteModel, _ placement: Placement) throws -> FlatTable {
        try TableEncoder(placement, Set(model.metadata.map(\.buffer))).encoded(model)
    }

    /// A table that is the root of another format and has no buffers.
    ///
    /// - Throws: `Problem.Kind.tooLarge` if a number does not fit its field.
    static func root(of table: some SchemaTable) throws -> FlatTable {
        try TableEncoder(.inside, []).encoded(table)
    }

    private func encoded<Table: SchemaTable>(_ table: Table) throws -> FlatTable {
        var (table, encoder) = (table, TableEncoder(placement, metadataBuffers))
        try table.visitFields(&encoder)
        return encoder.table
    }

    mutating func visit(_ name: StaticString, _ value: inout Int, default: Int) throws {
        let number = try int32(value, name)
        if value != `default` {
            table.set(slot, .scalar(bits: UInt64(truncatingIfNeeded: number), byteCount: 4))
        }
        slot += 1
    }

    mutating func visit(_ name: StaticString, _ value: inout Int64) {
        table.set(slot, value)
        slot += 1
    }

    mutating func visitIndex(_ name: StaticString, _ value: inout Int) throws {
        guard let number = UInt32(exactly: value) else {
            throw Problem(.tooLarge(what: "\(name)", value: String(value)))
        }
        table.set(slot, number)
        slot += 1
    }

    mutating func visitByte(_ name: StaticString, _ value: inout Int8) {
        table.set(slot, value)
        slot += 1
    }

    mutating func visit(_ name: StaticString, _ value: inout Float) {
        table.set(slot, value)
        slot += 1
    }

    mutating func visit(_ name: StaticString, _ value: inout Bool, default: Bool) {
        table.set(slot, value, default: `default`)
        slot += 1
    }

    mutating func visit(_ name: StaticString, _ value: inout some SchemaEnum) {
        table.set(slot, value.rawValue)
        slot += 1
    }

    mutating func visit(_ name: StaticString, _ value: inout [Int]) throws {
        try visit(name, &value, keepsEmpty: false)
    }

    mutating func visit(_ name: StaticString, _ value: inout [Int], keepsEmpty: Bool) throws {
        let vector = FlatVector(try value.map { try int32($0, name) })
        if keepsEmpty || !value.isEmpty { table.set(slot, .vector(vector)) }
        slot += 1
    }

    mutating func visit(
        _ name: StaticString, _ value: inout [TensorIndex], keepsEmpty: Bool
    ) throws {
        var positions = value.map(\.position)
        try visit(name, &positions, keepsEmpty: keepsEmpty)
    }

    mutating func visit(_ name: StaticString, _ value: inout [Float]) {
        table.setUnlessEmpty(slot, FlatVector(value))
        slot += 1
    }

    mutating func visitVector<Number: FixedWidthInteger & BitwiseCopyable>(
        _ name: StaticString, _ value: inout [Number]
    ) {
        table.setUnlessEmpty(slot, FlatVector(value))
        slot += 1
    }

    mutating func visit(_ name: StaticString, _ value: inout String) {
        table.set(slot, value.isEmpty ? nil : value)
        slot += 1
    }

    mutating func visit(_ name: StaticString, _ value: inout String?) {
        table.set(slot, value)
        slot += 1
    }

    mutating func visit<Table: SchemaTable>(
        _ name: StaticString, _ value: inout Table?, of _: Table
    ) throws {
        if let value { table.set(slot, .table(try encoded(value))) }
        slot += 1
    }

    mutating func visit<Table: SchemaTable>(
        _ name: StaticString, _ value: inout [Table], of _: Table, keepsEmpty: Bool
    ) throws {
        if keepsEmpty || !value.isEmpty { table.set(slot, .tables(try value.map(encoded))) }
        slot += 1
    }

    mutating func visitUnion<Union: SchemaUnion>(
        _ name: StaticString, _ value: inout Union?
    ) throws {
        if let value {
            guard value.isWritable else {
                throw Problem(
                    .malformed(
                        what: "model", reason: "fields of type \(Union.self) cannot be written"))
            }
            table.set(slot, value.tag)
            table.set(slot + 1, .table(try encoded(value)))
        }
        slot += 2
    }

    mutating func visit(_ name: StaticString, _ value: inout [TFLiteBuffer]) throws {
        table.set(
            slot,
            .tables(
                try value.enumerated().map {
                    try encoded(buffer: BufferIndex($0.offset), $0.element)
                }))
        slot += 1
    }

    mutating func skip() {
        slot += 1
    }

    private func encoded(buffer index: BufferIndex, _ buffer: TFLiteBuffer) throws -> FlatTable {
        var table = FlatTable()
        guard let source = buffer.source else { return table }
        if metadataBuffers.contains(index) {
            table.set(0, .vector(FlatVector(bytes: try source.bytes(), alignment: 16)))
        } else if placement == .inside || source.byteCount == 0 {
            table.set(0, .bufferData(buffer: index))
        } else {
            table.set(1, .bufferPosition(buffer: index))
            table.set(2, UInt64(source.byteCount))
        }
        return table
    }

    private func int32(_ value: Int, _ name: StaticString) throws -> Int32 {
        guard let number = Int32(exactly: value) else {
            throw Problem(.tooLarge(what: "\(name)", value: String(value)))
        }
        return number
    }
}
