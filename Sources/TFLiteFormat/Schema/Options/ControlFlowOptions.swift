/// Options of IF.
package struct IfOptions: OptionsTable {
    package var tag: UInt8 { 92 }

    /// The subgraph run for true.
    package var thenSubgraph = 0
    /// The subgraph run for false.
    package var elseSubgraph = 0

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("then_subgraph_index", &thenSubgraph)
        try visitor.visit("else_subgraph_index", &elseSubgraph)
    }
}

/// Options of WHILE.
package struct WhileOptions: OptionsTable {
    package var tag: UInt8 { 93 }

    /// The subgraph that computes whether to go on.
    package var conditionSubgraph = 0
    /// The subgraph of one round.
    package var bodySubgraph = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(conditionSubgraph: Int, bodySubgraph: Int) {
        self.conditionSubgraph = conditionSubgraph
        self.bodySubgraph = bodySubgraph
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("cond_subgraph_index", &conditionSubgraph)
        try visitor.visit("body_subgraph_index", &bodySubgraph)
    }
}

/// Options of CALL.
package struct CallOptions: OptionsTable {
    package var tag: UInt8 { 16 }

    /// The subgraph called.
    package var subgraph = 0

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("subgraph", &subgraph)
    }
}

/// Options of CALL_ONCE.
package struct CallOnceOptions: OptionsTable {
    package var tag: UInt8 { 103 }

    /// The subgraph run once.
    package var initialSubgraph = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(initialSubgraph: Int) {
        self.initialSubgraph = initialSubgraph
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("init_subgraph_index", &initialSubgraph)
    }
}

/// Options of CAST.
package struct CastOptions: OptionsTable {
    package var tag: UInt8 { 37 }

    /// The element type of the input.
    package var inputType: TFLiteTensorType = .float32
    /// The element type of the output.
    package var outputType: TFLiteTensorType = .float32

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(inputType: TFLiteTensorType, outputType: TFLiteTensorType) {
        self.inputType = inputType
        self.outputType = outputType
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("in_data_type", &inputType)
        try visitor.visit("out_data_type", &outputType)
    }
}

/// Options of SHAPE.
package struct ShapeOptions: OptionsTable {
    package var tag: UInt8 { 55 }

    /// The element type of the output.
    package var outputType: TFLiteTensorType = .float32

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(outputType: TFLiteTensorType) {
        self.outputType = outputType
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("out_type", &outputType)
    }
}

/// Options of RANDOM_STANDARD_NORMAL, RANDOM_UNIFORM and MULTINOMIAL.
package struct RandomOptions: OptionsTable {
    package var tag: UInt8 { 114 }

    /// The first half of the seed.
    package var seed: Int64 = 0
    /// The second half of the seed.
    package var secondSeed: Int64 = 0

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("seed", &seed)
        try visitor.visit("seed2", &secondSeed)
    }
}
