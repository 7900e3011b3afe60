extension BuiltinOptions: SchemaUnion {
    var isWritable: Bool { true }

    var tag: UInt8 { table.tag }

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try table.visitFields(&visitor)
    }
}

extension SecondOptions: SchemaUnion {
    var isWritable: Bool { false }

    var tag: UInt8 {
        switch self {
        case .reduceWindow: 20
        case .composite: 21
        case .unread(let tag): tag
        }
    }

    static func defaults(tag: UInt8) -> SecondOptions? {
        switch tag {
        case 0: nil
        case 20: .reduceWindow(function: 0)
        case 21: .composite(decomposition: 0)
        default: .unread(tag: tag)
        }
    }

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        switch self {
        case .reduceWindow(var function):
            try visitor.visit("reduce_function", &function)
            self = .reduceWindow(function: function)
        case .composite(var decomposition):
            visitor.skip()
            try visitor.visit("decomposition_subgraph_index", &decomposition)
            self = .composite(decomposition: decomposition)
        case .unread: break
        }
    }
}
