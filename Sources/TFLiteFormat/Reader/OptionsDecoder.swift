/// Sets the fields of operator options from a table.
struct OptionsDecoder: OptionsVisitor {
    private let table: FlatTableView
    private var slot = 0

    init(_ table: FlatTableView) {
        self.table = table
    }

    private mutating func next() -> Int {
        slot += 1
        return slot - 1
    }

    mutating func visit(_ name: StaticString, _ value: inout Int, default: Int) throws {
        value = try table.int(next(), default: Int32(truncatingIfNeeded: `default`))
    }

    mutating func visit(_ name: StaticString, _ value: inout Int64) throws {
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
        value = try table.ints(next())
    }

    mutating func visit(_ name: StaticString, _ value: inout [Float]) throws {
        value = try table.floats(next())
    }

    mutating func visit(_ name: StaticString, _ value: inout String) throws {
        value = try table.string(next()) ?? ""
    }

    mutating func skip() {
        slot += 1
    }
}
