/// Makes a table of the fields of operator options, leaving out defaults.
struct OptionsEncoder: OptionsVisitor {
    /// The table so far.
    private(set) var table = FlatTable()
    private var slot = 0

    /// The table of `options`.
    ///
    /// - Throws: `Problem.Kind.tooLarge` where an integer does not fit its field.
    static func table(of options: BuiltinOptions) throws -> FlatTable {
        var encoder = OptionsEncoder()
        var table = options.table
        try table.visitFields(&encoder)
        return encoder.table
    }

    mutating func visit(_ name: StaticString, _ value: inout Int, default: Int) throws {
        let number = try int32(value, "\(name)")
        if value != `default` {
            table.set(slot, .scalar(bits: UInt64(truncatingIfNeeded: number), byteCount: 4))
        }
        slot += 1
    }

    mutating func visit(_ name: StaticString, _ value: inout Int64) {
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
        table.setUnlessEmpty(slot, FlatVector(try value.map { try int32($0, "\(name)") }))
        slot += 1
    }

    mutating func visit(_ name: StaticString, _ value: inout [Float]) {
        table.setUnlessEmpty(slot, FlatVector(value))
        slot += 1
    }

    mutating func visit(_ name: StaticString, _ value: inout String) {
        table.set(slot, value.isEmpty ? nil : value)
        slot += 1
    }

    mutating func skip() {
        slot += 1
    }
}
