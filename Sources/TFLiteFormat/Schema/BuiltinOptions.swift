/// The options of an operator: a table of the union `BuiltinOptions` of the schema.
package struct BuiltinOptions: Sendable {
    /// The table.
    package var table: any OptionsTable

    package init(_ table: any OptionsTable) {
        self.table = table
    }

    /// The table, if it is of the type `Table`.
    package func `as`<Table: OptionsTable>(_: Table.Type) -> Table? { table as? Table }

    /// The tables of the union with the defaults of the schema, in the order of their tags, which count from 1.
    package static let allDefaults: [any OptionsTable] =
        (withFields + EmptyOptions.allCases).sorted { $0.tag < $1.tag }

    /// The defaults of the table with this tag; nil for 0 and for tags beyond the known ones.
    package static func defaults(tag: UInt8) -> BuiltinOptions? {
        tag >= 1 && tag <= allDefaults.count ? BuiltinOptions(allDefaults[Int(tag) - 1]) : nil
    }

    /// The tables that have fields.
    private static let withFields: [any OptionsTable] = [
        Conv2DOptions(),
        DepthwiseConv2DOptions(),
        ConcatEmbeddingsOptions(),
        LSHProjectionOptions(),
        Pool2DOptions(),
        SVDFOptions(),
        RNNOptions(),
        FullyConnectedOptions(),
        SoftmaxOptions(),
        ConcatenationOptions(),
        AddOptions(),
        L2NormOptions(),
        LocalResponseNormalizationOptions(),
        LSTMOptions(),
        ResizeBilinearOptions(),
        CallOptions(),
        ReshapeOptions(),
        SkipGramOptions(),
        SpaceToDepthOptions(),
        EmbeddingLookupSparseOptions(),
        MulOptions(),
        GatherOptions(),
        ReducerOptions(),
        SubOptions(),
        DivOptions(),
        SqueezeOptions(),
        SequenceRNNOptions(),
        StridedSliceOptions(),
        SplitOptions(),
        CastOptions(),
        ArgMaxOptions(),
        TransposeConvOptions(),
        SparseToDenseOptions(),
        ShapeOptions(),
        ArgMinOptions(),
        FakeQuantOptions(),
        PackOptions(),
        OneHotOptions(),
        UnpackOptions(),
        BidirectionalSequenceLSTMOptions(),
        BidirectionalSequenceRNNOptions(),
        UnidirectionalSequenceLSTMOptions(),
        ResizeNearestNeighborOptions(),
        LeakyReluOptions(),
        MirrorPadOptions(),
        SplitVOptions(),
        UniqueOptions(),
        ReverseSequenceOptions(),
        IfOptions(),
        WhileOptions(),
        DepthToSpaceOptions(),
        BatchMatMulOptions(),
        CumsumOptions(),
        CallOnceOptions(),
        Conv3DOptions(),
        HashtableOptions(),
        VarHandleOptions(),
        RandomOptions(),
        BucketizeOptions(),
        GeluOptions(),
    ]
}

extension BuiltinOptions: Equatable {
    package static func == (left: BuiltinOptions, right: BuiltinOptions) -> Bool {
        func isEqual<Table: OptionsTable>(_ table: Table) -> Bool { right.as(Table.self) == table }
        return isEqual(left.table)
    }
}
