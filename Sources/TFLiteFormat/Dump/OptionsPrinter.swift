/// Collects the fields of operator options for printing.
struct OptionsPrinter: OptionsVisitor {
    private var fields: [(name: String, value: JSONValue)] = []

    /// The fields of `options` with their names in the schema, in the order of the slots.
    static func fields(of options: BuiltinOptions?) -> [(name: String, value: JSONValue)] {
        guard var table = options?.table else { return [] }
        var printer = OptionsPrinter()
        // The visits below do not throw.
        try? table.visitFields(&printer)
        return printer.fields
    }

    private mutating func add(_ name: StaticString, _ value: JSONValue) {
        fields.append(("\(name)", value))
    }

    mutating func visit(_ name: StaticString, _ value: inout Int, default: Int) {
        add(name, .integer(Int64(value)))
    }

    mutating func visit(_ name: StaticString, _ value: inout Int64) {
        add(name, .integer(value))
    }

    mutating func visit(_ name: StaticString, _ value: inout Float) {
        add(name, .float(value))
    }

    mutating func visit(_ name: StaticString, _ value: inout Bool, default: Bool) {
        add(name, .bool(value))
    }

    mutating func visit(_ name: StaticString, _ value: inout some SchemaEnum) {
        add(name, .string(value.schemaName))
    }

    mutating func visit(_ name: StaticString, _ value: inout [Int]) {
        add(name, .integers(value))
    }

    mutating func visit(_ name: StaticString, _ value: inout [Float]) {
        add(name, .array(value.map { .float($0) }))
    }

    mutating func visit(_ name: StaticString, _ value: inout String) {
        add(name, .string(value))
    }

    mutating func skip() {}
}
