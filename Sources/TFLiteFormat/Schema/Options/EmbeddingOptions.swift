/// Options of CONCAT_EMBEDDINGS.
package struct ConcatEmbeddingsOptions: OptionsTable {
    package var tag: UInt8 { 3 }

    /// The number of channels.
    package var channelCount = 0
    /// Columns of each channel.
    package var numColumnsPerChannel: [Int] = []
    /// Embedding width of each channel.
    package var embeddingDimensionPerChannel: [Int] = []

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("num_channels", &channelCount)
        try visitor.visit("num_columns_per_channel", &numColumnsPerChannel)
        try visitor.visit("embedding_dim_per_channel", &embeddingDimensionPerChannel)
    }
}

/// Options of LSH_PROJECTION.
package struct LSHProjectionOptions: OptionsTable {
    package var tag: UInt8 { 4 }

    /// The kind of projection.
    package var kind: LSHProjectionKind = .unknown

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("type", &kind)
    }
}

/// Options of SKIP_GRAM.
package struct SkipGramOptions: OptionsTable {
    package var tag: UInt8 { 18 }

    /// Words of a gram.
    package var ngramSize = 0
    /// Words skipped at most.
    package var maximumSkipSize = 0
    /// Whether shorter grams count.
    package var includesAllNgrams = false

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("ngram_size", &ngramSize)
        try visitor.visit("max_skip_size", &maximumSkipSize)
        try visitor.visit("include_all_ngrams", &includesAllNgrams)
    }
}

/// Options of EMBEDDING_LOOKUP_SPARSE.
package struct EmbeddingLookupSparseOptions: OptionsTable {
    package var tag: UInt8 { 20 }

    /// How the rows of an example are joined.
    package var combiner: EmbeddingCombiner = .sum

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("combiner", &combiner)
    }
}
