import Evaluation
import GraphIR
import Tensors
import Testing

private let precisions: [GraphEvaluator.Precision] = [.reference, .fast]

@Test(arguments: precisions)
func conv2DSumsWindowsAndClamps(precision: GraphEvaluator.Precision) throws {
    let x = Tensor([Float(1), 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1])
    let filter = Tensor([Float(1), 0, 0, -1, 1, 1, 1, 1], [2, 2, 2, 1])
    let bias = Tensor([Float(1), -20], [2])
    let op = Op.conv2D(Conv2D(activation: .relu))
    let result = try evaluate(op, [x, filter, bias], precision)
    #expect(result.shape == [1, 2, 2, 2])
    #expect(result.floats == [0, 0, 0, 0, 0, 4, 0, 8])
}

@Test(arguments: precisions)
func conv2DPadsTheOddRowAfter(precision: GraphEvaluator.Precision) throws {
    let x = Tensor([Float(1), 2, 3, 4], [1, 2, 2, 1])
    let filter = Tensor([Float(1), 2, 3, 4], [1, 2, 2, 1])
    let op = Op.conv2D(Conv2D(padding: .same))
    #expect(try floats(op, [x, filter], precision) == [30, 14, 11, 4])
}

@Test(arguments: precisions)
func groupedConv2DReadsItsOwnChannels(precision: GraphEvaluator.Precision) throws {
    let x = Tensor([Float(2), 3, 5, 7], [1, 1, 1, 4])
    let filter = Tensor([Float(1), 10, 1, 1], [2, 1, 1, 2])
    #expect(try floats(.conv2D(Conv2D()), [x, filter], precision) == [32, 12])
}

@Test(arguments: precisions)
func depthwiseKeepsChannelsApart(precision: GraphEvaluator.Precision) throws {
    let x = Tensor([Float(1), 10, 2, 20], [1, 1, 2, 2])
    let filter = Tensor([Float(1), 2, 3, 4, 5, 6, 7, 8], [1, 1, 2, 4])
    let op = Op.depthwiseConv2D(DepthwiseConv2D())
    #expect(try floats(op, [x, filter], precision) == [11, 14, 170, 200])
}

@Test(arguments: precisions)
func transposeConv2DScattersFilters(precision: GraphEvaluator.Precision) throws {
    let x = Tensor([Float(1), 2], [1, 1, 2, 1])
    let filter = Tensor([Float(1), 2, 3], [1, 1, 3, 1])
    let op = TransposeConv2D(strides: Size2D(1, 2), size: Size2D(1, 5))
    #expect(try floats(.transposeConv2D(op), [x, filter], precision) == [1, 2, 5, 4, 6])
}

@Test(arguments: precisions)
func conv3DAndItsTransposeSum(precision: GraphEvaluator.Precision) throws {
    let x = Tensor([Float(1), 2, 3], [1, 3, 1, 1, 1])
    let filter = Tensor([Float(1), 10], [2, 1, 1, 1, 1])
    #expect(try floats(.conv3D(Conv3D()), [x, filter], precision) == [21, 32])
    let op = TransposeConv3D(size: Size3D(4, 1, 1))
    #expect(try floats(.transposeConv3D(op), [x, filter], precision) == [1, 12, 23, 30])
}

@Test func transposeConv3DRejectsAnOutputThatIsNotItsOwn() {
    let inputs = [Tensor.zeros(.float32, [1, 3, 1, 1, 1]), .zeros(.float32, [2, 1, 1, 1, 1])]
    #expect(throws: (any Error).self) {
        try Op.transposeConv3D(TransposeConv3D(size: Size3D(9, 1, 1))).evaluate(inputs: inputs)
    }
}

@Test(arguments: precisions)
func productsMultiplyRowsByColumns(precision: GraphEvaluator.Precision) throws {
    let x = Tensor([Float(1), 2, 3, 4], [1, 2, 2])
    let weights = Tensor([Float(1), 1, 1, 0, 0, 2], [3, 2])
    let dense = try evaluate(
        .fullyConnected(FullyConnected()), [x, weights, Tensor([Float(0), 1, 0], [3])], precision)
    #expect(dense.shape == [1, 2, 3])
    #expect(dense.floats == [3, 2, 4, 7, 4, 8])
    let product = Op.batchMatMul(BatchMatMul(adjointB: true))
    #expect(try floats(product, [x, weights], precision) == [3, 1, 4, 7, 3, 8])
}

@Test(arguments: precisions)
func poolsLeaveThePaddingOut(precision: GraphEvaluator.Precision) throws {
    let x = Tensor([Float(-1), -2, -3, -4, -5, -6, -7, -8, -9], [1, 3, 3, 1])
    func pool(_ kind: Pool2D.Kind) -> Op {
        .pool2D(
            Pool2D(kind: kind, window: Size2D(2, 2), strides: Size2D(2, 2), padding: .same))
    }
    #expect(try floats(pool(.max), [x], precision) == [-1, -3, -7, -9])
    #expect(try floats(pool(.average), [x], precision) == [-3, -4.5, -7.5, -9])
}
