import TFLiteFormat
import Tensors
import Testing

@Suite struct OperatorVersionTests {
    private func tensor(_ type: TFLiteTensorType, _ shape: Shape, scales: Int = 0) -> TFLiteTensor {
        let quantization = TFLiteQuantization(
            scale: [Float](repeating: 0.1, count: scales),
            zeroPoint: [Int64](repeating: 0, count: scales))
        return TFLiteTensor(
            name: "", shape: shape, type: type, quantization: scales > 0 ? quantization : nil)
    }

    private func version(
        _ builtin: BuiltinOperator, _ inputs: [TFLiteTensor?], _ output: TFLiteTensor? = nil,
        _ options: (any OptionsTable)? = nil
    ) -> Int {
        OperatorVersion.lowest(
            for: builtin, inputs: inputs, outputs: output.map { [$0] } ?? [], options: options)
    }

    @Test func convolutions() {
        let x = tensor(.float32, [1, 8, 8, 4])
        let q = tensor(.int8, [1, 8, 8, 4], scales: 1)
        let options = Conv2DOptions(
            padding: .same, strideWidth: 1, strideHeight: 1, dilationWidth: 2)
        #expect(version(.conv2D, [x, tensor(.float32, [6, 3, 3, 4])], nil, options) == 1)
        #expect(version(.conv2D, [x, tensor(.float32, [6, 3, 3, 2])]) == 6)
        #expect(version(.conv2D, [q, tensor(.int8, [6, 3, 3, 4], scales: 6)]) == 3)
        #expect(version(.conv2D, [q, tensor(.int4, [6, 3, 3, 4], scales: 6)]) == 7)
        #expect(version(.conv2D, [x, tensor(.int8, [6, 3, 3, 4], scales: 6)]) == 5)
        #expect(version(.conv2D, [x, tensor(.int8, [6, 3, 3, 4], scales: 1)]) == 2)
        var depthwise = DepthwiseConv2DOptions(
            padding: .same, strideWidth: 1, strideHeight: 1, depthMultiplier: 1)
        let filter = tensor(.float32, [1, 3, 3, 4])
        #expect(version(.depthwiseConv2D, [x, filter], nil, depthwise) == 1)
        depthwise.dilationHeight = 2
        #expect(version(.depthwiseConv2D, [x, filter], nil, depthwise) == 2)
        let shape = tensor(.int32, [4])
        let transposed = TransposeConvOptions(padding: .same, strideWidth: 2, strideHeight: 2)
        #expect(version(.transposeConv, [shape, x, x], nil, transposed) == 1)
        #expect(version(.transposeConv, [shape, x, x, nil], nil, transposed) == 1)
        #expect(version(.transposeConv, [shape, x, x, x], nil, transposed) == 3)
    }

    @Test func fullyConnected() {
        let x = tensor(.float32, [1, 4])
        let w = tensor(.float32, [3, 4])
        let q = tensor(.int8, [1, 4], scales: 1)
        let keeps = FullyConnectedOptions(activation: .none, keepsRank: true)
        #expect(version(.fullyConnected, [x, w, tensor(.float32, [3])]) == 1)
        #expect(version(.fullyConnected, [x, w, nil]) == 1)
        #expect(version(.fullyConnected, [x, w]) == 6)
        #expect(version(.fullyConnected, [q, tensor(.int8, [3, 4], scales: 1), nil]) == 4)
        #expect(
            version(.fullyConnected, [q, tensor(.int8, [3, 4], scales: 1), nil], nil, keeps) == 5)
        #expect(version(.fullyConnected, [x, tensor(.int8, [3, 4], scales: 3), nil]) == 12)
        #expect(version(.fullyConnected, [x, tensor(.int8, [3, 4], scales: 1), nil]) == 3)
    }

    @Test func arithmetic() {
        let float = tensor(.float32, [1, 4])
        let int8 = tensor(.int8, [1, 4], scales: 1)
        let volume = tensor(.float32, [1, 2, 3, 4, 5])
        #expect(version(.add, [float, float]) == 1)
        #expect(version(.add, [int8, int8]) == 2)
        #expect(version(.add, [tensor(.int64, [1]), tensor(.int64, [1])]) == 4)
        #expect(version(.div, [volume, float]) == 2)
        #expect(version(.div, [volume, volume]) == 1)
        #expect(version(.sub, [volume, float]) == 3)
        #expect(version(.mul, [int8, int8], int8) == 2)
        var fine = int8
        fine.quantization?.scale = [0.001]
        #expect(version(.mul, [int8, int8], fine) == 3)
        #expect(version(.relu, [tensor(.uint8, [1], scales: 1)]) == 2)
        #expect(version(.leakyRelu, [int8]) == 1)
        #expect(version(.mean, [tensor(.int16, [1], scales: 1)]) == 3)
        #expect(version(.exp, [float]) == 1)
    }

    @Test func movingElements() {
        let volume = tensor(.float32, [1, 2, 3, 4, 5])
        #expect(version(.pad, [volume]) == 4)
        #expect(version(.transpose, [volume]) == 4)
        #expect(version(.transpose, [tensor(.float32, [1, 2, 3, 4, 5, 6])]) == 6)
        #expect(version(.reshape, [tensor(.int8, [1], scales: 1)]) == 1)
        #expect(version(.broadcastTo, [volume]) == 2)
        let half = ResizeBilinearOptions(alignsCorners: false, usesHalfPixelCenters: true)
        #expect(version(.resizeBilinear, [volume], nil, half) == 3)
        let gather = GatherOptions(axis: 1, batchDimensions: 1)
        #expect(version(.gather, [volume, tensor(.int32, [1])], nil, gather) == 5)
        let slice = StridedSliceOptions(beginMask: 0, newAxisMask: 1)
        #expect(version(.stridedSlice, [tensor(.float32, [1])], nil, slice) == 6)
        #expect(version(.split, [tensor(.int32, []), tensor(.int8, [4], scales: 1)]) == 2)
    }

    @Test func converting() {
        let float = tensor(.float32, [1])
        #expect(version(.cast, [tensor(.int32, [1])], float) == 1)
        #expect(version(.cast, [tensor(.bool, [1])], tensor(.float16, [1])) == 5)
        #expect(version(.dequantize, [tensor(.float16, [1])], float) == 3)
        #expect(version(.dequantize, [tensor(.int8, [2], scales: 2)], float) == 5)
        #expect(version(.fill, [tensor(.int32, [1]), tensor(.bool, [])]) == 2)
    }
}
