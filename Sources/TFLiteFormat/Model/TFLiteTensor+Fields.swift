extension TFLiteTensor: SchemaTable {
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        var signature = shapeSignature ?? []
        try visitor.visit("shape", &shape, keepsEmpty: true)
        try visitor.visit("type", &type)
        try visitor.visitIndex("buffer", &buffer)
        try visitor.visitName("name", &name)
        try visitor.visit("quantization", &quantization, of: TFLiteQuantization())
        try visitor.visit("is_variable", &isVariable)
        try visitor.visit("sparsity", &sparsity, of: TFLiteSparsity())
        try visitor.visit("shape_signature", &signature)
        try visitor.visit("has_rank", &hasRank)
        shapeSignature = signature.isEmpty ? nil : signature
    }
}

extension TFLiteQuantization: SchemaTable {
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visit("min", &min)
        try visitor.visit("max", &max)
        try visitor.visit("scale", &scale)
        try visitor.visitVector("zero_point", &zeroPoint)
        try visitor.visitUnion("details", &details)
        try visitor.visit("quantized_dimension", &quantizedDimension)
    }
}

extension TFLiteQuantization.Details: SchemaUnion {
    /// The tag of `BlockwiseQuantization`.
    static let blockwiseTag: UInt8 = 2

    package var isWritable: Bool { blocks != nil }

    package static func defaults(tag: UInt8) -> Self? {
        tag == 0
            ? nil
            : Self(
                tag: tag,
                blocks: tag == blockwiseTag ? .init(scales: 0, zeroPoints: 0, length: 0) : nil)
    }

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        guard var blocks else { return }
        try visitor.visit("scales", &blocks.scales.position)
        try visitor.visit("zero_points", &blocks.zeroPoints.position)
        try visitor.visit("block_size", &blocks.length)
        self.blocks = blocks
    }
}

extension TFLiteSparsity: SchemaTable {
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visit("traversal_order", &traversalOrder)
        try visitor.visit("block_map", &blockMap)
        try visitor.visit("dim_metadata", &levels, of: .dense(0))
    }
}

extension TFLiteSparsity.Level: SchemaTable {
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        var (format, size) = (SparsityFormat.dense, 0)
        var (segments, indices): (SparseIndices?, SparseIndices?)
        switch self {
        case .dense(let extent): size = extent
        case .sparse(let starts, let positions):
            format = .sparse
            (segments, indices) = (SparseIndices(starts), SparseIndices(positions))
        }
        try visitor.visit("format", &format)
        try visitor.visit("dense_size", &size)
        try visitor.visitUnion("array_segments", &segments)
        try visitor.visitUnion("array_indices", &indices)
        self =
            switch format {
            case .dense: .dense(size)
            case .sparse:
                .sparse(segments: segments?.values ?? [], indices: indices?.values ?? [])
            }
    }
}

/// How one axis of a sparse tensor is stored.
private enum SparsityFormat: Int8, SchemaEnum {
    case dense = 0
    case sparse = 1
}

/// The union `SparseIndexVector`: a vector of integers of 32, 16 or 8 bits.
private struct SparseIndices: SchemaUnion {
    var tag: UInt8 = 1
    var values: [Int] = []

    var isWritable: Bool { true }

    init(_ values: [Int], tag: UInt8 = 1) {
        self.tag = tag
        self.values = values
    }

    static func defaults(tag: UInt8) -> SparseIndices? {
        (1...3).contains(tag) ? SparseIndices([], tag: tag) : nil
    }

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        func visit<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type) throws {
            var numbers = values.map { Number(truncatingIfNeeded: $0) }
            try visitor.visitVector("values", &numbers)
            values = numbers.map { Int($0) }
        }
        switch tag {
        case 1: try visit(Int32.self)
        case 2: try visit(UInt16.self)
        default: try visit(UInt8.self)
        }
    }
}
