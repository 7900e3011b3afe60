/// Options of HASHTABLE.
package struct HashtableOptions: OptionsTable {
    package var tag: UInt8 { 107 }

    /// The number of the table.
    package var tableIdentifier = 0
    /// The element type of the keys.
    package var keyType: TFLiteTensorType = .float32
    /// The element type of the values.
    package var valueType: TFLiteTensorType = .float32

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("table_id", &tableIdentifier)
        try visitor.visit("key_dtype", &keyType)
        try visitor.visit("value_dtype", &valueType)
    }
}

/// Options of VAR_HANDLE.
package struct VarHandleOptions: OptionsTable {
    package var tag: UInt8 { 111 }

    /// The container of the variable.
    package var container: String = ""
    /// The name of the variable.
    package var sharedName: String = ""

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(container: String, sharedName: String) {
        self.container = container
        self.sharedName = sharedName
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("container", &container)
        try visitor.visit("shared_name", &sharedName)
    }
}
