/// Options of GATHER.
package struct GatherOptions: OptionsTable {
    package var tag: UInt8 { 23 }

    /// The axis that is worked along.
    package var axis = 0
    /// The number of leading axes shared by both inputs.
    package var batchDimensions = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(axis: Int, batchDimensions: Int = 0) {
        self.axis = axis
        self.batchDimensions = batchDimensions
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("axis", &axis)
        try visitor.visit("batch_dims", &batchDimensions)
    }
}

/// Options of ONE_HOT.
package struct OneHotOptions: OptionsTable {
    package var tag: UInt8 { 61 }

    /// The axis that is worked along.
    package var axis = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(axis: Int) {
        self.axis = axis
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("axis", &axis)
    }
}

/// Options of UNIQUE.
package struct UniqueOptions: OptionsTable {
    package var tag: UInt8 { 80 }

    /// The element type of the indices.
    package var indexType: TFLiteTensorType = .float32

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("idx_out_type", &indexType)
    }
}

/// Options of SPARSE_TO_DENSE.
package struct SparseToDenseOptions: OptionsTable {
    package var tag: UInt8 { 50 }

    /// Whether indices are checked.
    package var validatesIndices = false

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("validate_indices", &validatesIndices)
    }
}

/// Options of BUCKETIZE.
package struct BucketizeOptions: OptionsTable {
    package var tag: UInt8 { 115 }

    /// The ascending borders of the buckets.
    package var boundaries: [Float] = []

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(boundaries: [Float]) {
        self.boundaries = boundaries
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("boundaries", &boundaries)
    }
}
