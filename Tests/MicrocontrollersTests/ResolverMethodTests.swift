import Microcontrollers
import TFLiteFormat
import Testing

struct ResolverMethodTests {
    /// The methods for builtin operators in `micro_mutable_op_resolver.h`.
    private let methods = Set(
        """
        AddAbs AddAdd AddAddN AddArgMax AddArgMin AddAssignVariable AddAveragePool2D AddBatchMatMul
        AddBatchToSpaceNd AddBroadcastArgs AddBroadcastTo AddCallOnce AddCast AddCeil AddConcatenation AddConv2D
        AddCos AddCumSum AddDepthToSpace AddDepthwiseConv2D AddDequantize AddDiv AddDynamicUpdateSlice AddElu
        AddEmbeddingLookup AddEqual AddExp AddExpandDims AddFill AddFloor AddFloorDiv AddFloorMod
        AddFullyConnected AddGather AddGatherNd AddGreater AddGreaterEqual AddHardSwish AddIf AddL2Normalization
        AddL2Pool2D AddLeakyRelu AddLess AddLessEqual AddLog AddLogSoftmax AddLogicalAnd AddLogicalNot
        AddLogicalOr AddLogistic AddMaxPool2D AddMaximum AddMean AddMinimum AddMirrorPad AddMul AddNeg AddNotEqual
        AddPack AddPad AddPadV2 AddPrelu AddQuantize AddReadVariable AddReduceAll AddReduceMax AddReduceMin AddRelu
        AddRelu6 AddReshape AddResizeBilinear AddResizeNearestNeighbor AddReverseV2 AddRound AddRsqrt AddSelectV2
        AddShape AddSin AddSlice AddSoftmax AddSpaceToBatchNd AddSpaceToDepth AddSplit AddSplitV AddSqrt AddSquare
        AddSquaredDifference AddSqueeze AddStridedSlice AddSub AddSum AddSvdf AddTanh AddTranspose
        AddTransposeConv AddUnidirectionalSequenceLSTM AddUnpack AddVarHandle AddWhile AddZerosLike
        """.split { $0.isWhitespace }.map(String.init))

    @Test func everyOperatorHasTheMethodOfTheHeader() {
        let names = BuiltinOperator.allCases.compactMap {
            try? ResolverMethod.name(of: TFLiteOperatorCode($0))
        }
        #expect(names.count == 100)
        #expect(Set(names) == methods)
    }

    @Test func missingOperatorsAreRefusedByName() {
        for code in [TFLiteOperatorCode(.conv3D), .init(.custom, customName: "Mine")] {
            #expect(throws: (any Error).self) { try ResolverMethod.name(of: code) }
        }
    }

    @Test func namesAreIdentifiers() {
        #expect(CIdentifier.name("my model-1.2", fallback: "model") == "my_model_1_2")
        #expect(CIdentifier.name("2nd", fallback: "model") == "model_2nd")
        #expect(CIdentifier.name("class", fallback: "model") == "class_model")
        #expect(CIdentifier.name("数字", fallback: "model") == "model")
        #expect(CIdentifier.name("__a__b__", fallback: "model") == "a_b")
        var names = CIdentifier()
        #expect(names.unique("Input", fallback: "x") == "Input")
        #expect(names.unique("input", fallback: "x") == "input_2")
        #expect(names.unique("", fallback: "x") == "x")
    }
}
