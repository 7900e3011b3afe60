/// The options of an operator: the union `BuiltinOptions` of the schema.
package enum BuiltinOptions: Sendable, Equatable {
    case conv2D(Conv2DOptions)
    case depthwiseConv2D(DepthwiseConv2DOptions)
    case concatEmbeddings(ConcatEmbeddingsOptions)
    case lshProjection(LSHProjectionOptions)
    case pool2D(Pool2DOptions)
    case svdf(SVDFOptions)
    case rnn(RNNOptions)
    case fullyConnected(FullyConnectedOptions)
    case softmax(SoftmaxOptions)
    case concatenation(ConcatenationOptions)
    case add(AddOptions)
    case l2Norm(L2NormOptions)
    case localResponseNormalization(LocalResponseNormalizationOptions)
    case lstm(LSTMOptions)
    case resizeBilinear(ResizeBilinearOptions)
    case call(CallOptions)
    case reshape(ReshapeOptions)
    case skipGram(SkipGramOptions)
    case spaceToDepth(SpaceToDepthOptions)
    case embeddingLookupSparse(EmbeddingLookupSparseOptions)
    case mul(MulOptions)
    case gather(GatherOptions)
    case reducer(ReducerOptions)
    case sub(SubOptions)
    case div(DivOptions)
    case squeeze(SqueezeOptions)
    case sequenceRNN(SequenceRNNOptions)
    case stridedSlice(StridedSliceOptions)
    case split(SplitOptions)
    case cast(CastOptions)
    case argMax(ArgMaxOptions)
    case transposeConv(TransposeConvOptions)
    case sparseToDense(SparseToDenseOptions)
    case shape(ShapeOptions)
    case argMin(ArgMinOptions)
    case fakeQuant(FakeQuantOptions)
    case pack(PackOptions)
    case oneHot(OneHotOptions)
    case unpack(UnpackOptions)
    case bidirectionalSequenceLSTM(BidirectionalSequenceLSTMOptions)
    case bidirectionalSequenceRNN(BidirectionalSequenceRNNOptions)
    case unidirectionalSequenceLSTM(UnidirectionalSequenceLSTMOptions)
    case resizeNearestNeighbor(ResizeNearestNeighborOptions)
    case leakyRelu(LeakyReluOptions)
    case mirrorPad(MirrorPadOptions)
    case splitV(SplitVOptions)
    case unique(UniqueOptions)
    case reverseSequence(ReverseSequenceOptions)
    case `if`(IfOptions)
    case `while`(WhileOptions)
    case depthToSpace(DepthToSpaceOptions)
    case batchMatMul(BatchMatMulOptions)
    case cumsum(CumsumOptions)
    case callOnce(CallOnceOptions)
    case conv3D(Conv3DOptions)
    case hashtable(HashtableOptions)
    case varHandle(VarHandleOptions)
    case random(RandomOptions)
    case bucketize(BucketizeOptions)
    case gelu(GeluOptions)
    /// A table without fields.
    case empty(EmptyOptions)

    /// The table that this holds; nil for a table without fields.
    package var table: (any OptionsTable)? {
        switch self {
        case .conv2D(let table): table
        case .depthwiseConv2D(let table): table
        case .concatEmbeddings(let table): table
        case .lshProjection(let table): table
        case .pool2D(let table): table
        case .svdf(let table): table
        case .rnn(let table): table
        case .fullyConnected(let table): table
        case .softmax(let table): table
        case .concatenation(let table): table
        case .add(let table): table
        case .l2Norm(let table): table
        case .localResponseNormalization(let table): table
        case .lstm(let table): table
        case .resizeBilinear(let table): table
        case .call(let table): table
        case .reshape(let table): table
        case .skipGram(let table): table
        case .spaceToDepth(let table): table
        case .embeddingLookupSparse(let table): table
        case .mul(let table): table
        case .gather(let table): table
        case .reducer(let table): table
        case .sub(let table): table
        case .div(let table): table
        case .squeeze(let table): table
        case .sequenceRNN(let table): table
        case .stridedSlice(let table): table
        case .split(let table): table
        case .cast(let table): table
        case .argMax(let table): table
        case .transposeConv(let table): table
        case .sparseToDense(let table): table
        case .shape(let table): table
        case .argMin(let table): table
        case .fakeQuant(let table): table
        case .pack(let table): table
        case .oneHot(let table): table
        case .unpack(let table): table
        case .bidirectionalSequenceLSTM(let table): table
        case .bidirectionalSequenceRNN(let table): table
        case .unidirectionalSequenceLSTM(let table): table
        case .resizeNearestNeighbor(let table): table
        case .leakyRelu(let table): table
        case .mirrorPad(let table): table
        case .splitV(let table): table
        case .unique(let table): table
        case .reverseSequence(let table): table
        case .if(let table): table
        case .while(let table): table
        case .depthToSpace(let table): table
        case .batchMatMul(let table): table
        case .cumsum(let table): table
        case .callOnce(let table): table
        case .conv3D(let table): table
        case .hashtable(let table): table
        case .varHandle(let table): table
        case .random(let table): table
        case .bucketize(let table): table
        case .gelu(let table): table
        case .empty: nil
        }
    }

    /// Shows every field to `visitor`, which may change it.
    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        switch self {
        case .conv2D(var table):
            try table.visitFields(&visitor)
            self = .conv2D(table)
        case .depthwiseConv2D(var table):
            try table.visitFields(&visitor)
            self = .depthwiseConv2D(table)
        case .concatEmbeddings(var table):
            try table.visitFields(&visitor)
            self = .concatEmbeddings(table)
        case .lshProjection(var table):
            try table.visitFields(&visitor)
            self = .lshProjection(table)
        case .pool2D(var table):
            try table.visitFields(&visitor)
            self = .pool2D(table)
        case .svdf(var table):
            try table.visitFields(&visitor)
            self = .svdf(table)
        case .rnn(var table):
            try table.visitFields(&visitor)
            self = .rnn(table)
        case .fullyConnected(var table):
            try table.visitFields(&visitor)
            self = .fullyConnected(table)
        case .softmax(var table):
            try table.visitFields(&visitor)
            self = .softmax(table)
        case .concatenation(var table):
            try table.visitFields(&visitor)
            self = .concatenation(table)
        case .add(var table):
            try table.visitFields(&visitor)
            self = .add(table)
        case .l2Norm(var table):
            try table.visitFields(&visitor)
            self = .l2Norm(table)
        case .localResponseNormalization(var table):
            try table.visitFields(&visitor)
            self = .localResponseNormalization(table)
        case .lstm(var table):
            try table.visitFields(&visitor)
            self = .lstm(table)
        case .resizeBilinear(var table):
            try table.visitFields(&visitor)
            self = .resizeBilinear(table)
        case .call(var table):
            try table.visitFields(&visitor)
            self = .call(table)
        case .reshape(var table):
            try table.visitFields(&visitor)
            self = .reshape(table)
        case .skipGram(var table):
            try table.visitFields(&visitor)
            self = .skipGram(table)
        case .spaceToDepth(var table):
            try table.visitFields(&visitor)
            self = .spaceToDepth(table)
        case .embeddingLookupSparse(var table):
            try table.visitFields(&visitor)
            self = .embeddingLookupSparse(table)
        case .mul(var table):
            try table.visitFields(&visitor)
            self = .mul(table)
        case .gather(var table):
            try table.visitFields(&visitor)
            self = .gather(table)
        case .reducer(var table):
            try table.visitFields(&visitor)
            self = .reducer(table)
        case .sub(var table):
            try table.visitFields(&visitor)
            self = .sub(table)
        case .div(var table):
            try table.visitFields(&visitor)
            self = .div(table)
        case .squeeze(var table):
            try table.visitFields(&visitor)
            self = .squeeze(table)
        case .sequenceRNN(var table):
            try table.visitFields(&visitor)
            self = .sequenceRNN(table)
        case .stridedSlice(var table):
            try table.visitFields(&visitor)
            self = .stridedSlice(table)
        case .split(var table):
            try table.visitFields(&visitor)
            self = .split(table)
        case .cast(var table):
            try table.visitFields(&visitor)
            self = .cast(table)
        case .argMax(var table):
            try table.visitFields(&visitor)
            self = .argMax(table)
        case .transposeConv(var table):
            try table.visitFields(&visitor)
            self = .transposeConv(table)
        case .sparseToDense(var table):
            try table.visitFields(&visitor)
            self = .sparseToDense(table)
        case .shape(var table):
            try table.visitFields(&visitor)
            self = .shape(table)
        case .argMin(var table):
            try table.visitFields(&visitor)
            self = .argMin(table)
        case .fakeQuant(var table):
            try table.visitFields(&visitor)
            self = .fakeQuant(table)
        case .pack(var table):
            try table.visitFields(&visitor)
            self = .pack(table)
        case .oneHot(var table):
            try table.visitFields(&visitor)
            self = .oneHot(table)
        case .unpack(var table):
            try table.visitFields(&visitor)
            self = .unpack(table)
        case .bidirectionalSequenceLSTM(var table):
            try table.visitFields(&visitor)
            self = .bidirectionalSequenceLSTM(table)
        case .bidirectionalSequenceRNN(var table):
            try table.visitFields(&visitor)
            self = .bidirectionalSequenceRNN(table)
        case .unidirectionalSequenceLSTM(var table):
            try table.visitFields(&visitor)
            self = .unidirectionalSequenceLSTM(table)
        case .resizeNearestNeighbor(var table):
            try table.visitFields(&visitor)
            self = .resizeNearestNeighbor(table)
        case .leakyRelu(var table):
            try table.visitFields(&visitor)
            self = .leakyRelu(table)
        case .mirrorPad(var table):
            try table.visitFields(&visitor)
            self = .mirrorPad(table)
        case .splitV(var table):
            try table.visitFields(&visitor)
            self = .splitV(table)
        case .unique(var table):
            try table.visitFields(&visitor)
            self = .unique(table)
        case .reverseSequence(var table):
            try table.visitFields(&visitor)
            self = .reverseSequence(table)
        case .if(var table):
            try table.visitFields(&visitor)
            self = .if(table)
        case .while(var table):
            try table.visitFields(&visitor)
            self = .while(table)
        case .depthToSpace(var table):
            try table.visitFields(&visitor)
            self = .depthToSpace(table)
        case .batchMatMul(var table):
            try table.visitFields(&visitor)
            self = .batchMatMul(table)
        case .cumsum(var table):
            try table.visitFields(&visitor)
            self = .cumsum(table)
        case .callOnce(var table):
            try table.visitFields(&visitor)
            self = .callOnce(table)
        case .conv3D(var table):
            try table.visitFields(&visitor)
            self = .conv3D(table)
        case .hashtable(var table):
            try table.visitFields(&visitor)
            self = .hashtable(table)
        case .varHandle(var table):
            try table.visitFields(&visitor)
            self = .varHandle(table)
        case .random(var table):
            try table.visitFields(&visitor)
            self = .random(table)
        case .bucketize(var table):
            try table.visitFields(&visitor)
            self = .bucketize(table)
        case .gelu(var table):
            try table.visitFields(&visitor)
            self = .gelu(table)
        case .empty: break
        }
    }

    /// Each member of the union once, with the defaults of the schema, in the order of the tags.
    package static let allDefaults: [BuiltinOptions] = [
        .conv2D(Conv2DOptions()),
        .depthwiseConv2D(DepthwiseConv2DOptions()),
        .concatEmbeddings(ConcatEmbeddingsOptions()),
        .lshProjection(LSHProjectionOptions()),
        .pool2D(Pool2DOptions()),
        .svdf(SVDFOptions()),
        .rnn(RNNOptions()),
        .fullyConnected(FullyConnectedOptions()),
        .softmax(SoftmaxOptions()),
        .concatenation(ConcatenationOptions()),
        .add(AddOptions()),
        .l2Norm(L2NormOptions()),
        .localResponseNormalization(LocalResponseNormalizationOptions()),
        .lstm(LSTMOptions()),
        .resizeBilinear(ResizeBilinearOptions()),
        .call(CallOptions()),
        .reshape(ReshapeOptions()),
        .skipGram(SkipGramOptions()),
        .spaceToDepth(SpaceToDepthOptions()),
        .embeddingLookupSparse(EmbeddingLookupSparseOptions()),
        .mul(MulOptions()),
        .empty(.pad),
        .gather(GatherOptions()),
        .empty(.batchToSpaceND),
        .empty(.spaceToBatchND),
        .empty(.transpose),
        .reducer(ReducerOptions()),
        .sub(SubOptions()),
        .div(DivOptions()),
        .squeeze(SqueezeOptions()),
        .sequenceRNN(SequenceRNNOptions()),
        .stridedSlice(StridedSliceOptions()),
        .empty(.exp),
        .empty(.topKV2),
        .split(SplitOptions()),
        .empty(.logSoftmax),
        .cast(CastOptions()),
        .empty(.dequantize),
        .empty(.maximumMinimum),
        .argMax(ArgMaxOptions()),
        .empty(.less),
        .empty(.neg),
        .empty(.padV2),
        .empty(.greater),
        .empty(.greaterEqual),
        .empty(.lessEqual),
        .empty(.select),
        .empty(.slice),
        .transposeConv(TransposeConvOptions()),
        .sparseToDense(SparseToDenseOptions()),
        .empty(.tile),
        .empty(.expandDims),
        .empty(.equal),
        .empty(.notEqual),
        .shape(ShapeOptions()),
        .empty(.pow),
        .argMin(ArgMinOptions()),
        .fakeQuant(FakeQuantOptions()),
        .pack(PackOptions()),
        .empty(.logicalOr),
        .oneHot(OneHotOptions()),
        .empty(.logicalAnd),
        .empty(.logicalNot),
        .unpack(UnpackOptions()),
        .empty(.floorDiv),
        .empty(.square),
        .empty(.zerosLike),
        .empty(.fill),
        .bidirectionalSequenceLSTM(BidirectionalSequenceLSTMOptions()),
        .bidirectionalSequenceRNN(BidirectionalSequenceRNNOptions()),
        .unidirectionalSequenceLSTM(UnidirectionalSequenceLSTMOptions()),
        .empty(.floorMod),
        .empty(.range),
        .resizeNearestNeighbor(ResizeNearestNeighborOptions()),
        .leakyRelu(LeakyReluOptions()),
        .empty(.squaredDifference),
        .mirrorPad(MirrorPadOptions()),
        .empty(.abs),
        .splitV(SplitVOptions()),
        .unique(UniqueOptions()),
        .empty(.reverseV2),
        .empty(.addN),
        .empty(.gatherNd),
        .empty(.cos),
        .empty(.where),
        .empty(.rank),
        .reverseSequence(ReverseSequenceOptions()),
        .empty(.matrixDiag),
        .empty(.quantize),
        .empty(.matrixSetDiag),
        .empty(.hardSwish),
        .if(IfOptions()),
        .while(WhileOptions()),
        .depthToSpace(DepthToSpaceOptions()),
        .empty(.nonMaxSuppressionV4),
        .empty(.nonMaxSuppressionV5),
        .empty(.scatterNd),
        .empty(.selectV2),
        .empty(.densify),
        .empty(.segmentSum),
        .batchMatMul(BatchMatMulOptions()),
        .cumsum(CumsumOptions()),
        .callOnce(CallOnceOptions()),
        .empty(.broadcastTo),
        .empty(.rfft2d),
        .conv3D(Conv3DOptions()),
        .hashtable(HashtableOptions()),
        .empty(.hashtableFind),
        .empty(.hashtableImport),
        .empty(.hashtableSize),
        .varHandle(VarHandleOptions()),
        .empty(.readVariable),
        .empty(.assignVariable),
        .random(RandomOptions()),
        .bucketize(BucketizeOptions()),
        .gelu(GeluOptions()),
        .empty(.dynamicUpdateSlice),
        .empty(.unsortedSegmentProd),
        .empty(.unsortedSegmentMax),
        .empty(.unsortedSegmentMin),
        .empty(.unsortedSegmentSum),
        .empty(.atan2),
        .empty(.sign),
        .empty(.bitcast),
        .empty(.bitwiseXor),
        .empty(.rightShift),
    ]
}
