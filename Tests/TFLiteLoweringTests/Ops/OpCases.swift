import GraphIR
import Tensors

/// A graph of one operation for each way in which an operation is lowered.
struct OpCase: Sendable, CustomStringConvertible {
    /// What the operation reads: a computed value or a constant.
    enum Input: Sendable {
        case value(TensorType)
        case constant(Constant)
    }

    let name: String
    let op: Op
    let inputs: [Input]
    /// The operators that the node becomes, in order, as the file names them.
    let operators: String

    init(_ name: String, _ op: Op, _ inputs: [Input], _ operators: String) {
        self.name = name
        self.op = op
        self.inputs = inputs
        self.operators = operators
    }

    var description: String { name }

    /// The graph `x0, x1, … → node → y0, y1, …`.
    func graph() throws -> Graph {
        let builder = GraphBuilder(name: name)
        let values = inputs.enumerated().map { index, input in
            switch input {
            case .value(let type): builder.input(type, name: "x\(index)")
            case .constant(let constant): builder.constant(constant, role: "c\(index)")
            }
        }
        builder.layer = "node"
        let outputs = try builder.addMulti(op, values)
        for (index, output) in outputs.enumerated() { builder.output(output, name: "y\(index)") }
        return builder.graph
    }

    static func float(_ dims: Int...) -> Input { .value(TensorType(.float32, Shape(dims))) }

    static func typed(_ dtype: DType, _ dims: Int...) -> Input {
        .value(TensorType(dtype, Shape(dims)))
    }

    /// Different numbers between −1 and 1, the same in every run.
    static func weights(_ dims: Int...) -> Input {
        let shape = Shape(dims)
        let values = (0..<shape.elementCount).map { position in
            Float((position * 7919 + 104_729) % 2003) / 1001.5 - 1
        }
        return .constant(Constant(Tensor(values, shape)))
    }

    static func positive(_ count: Int) -> Input {
        .constant(Constant((0..<count).map { 0.5 + Double($0) / 3 }, [count]))
    }

    static let all = weighted + elementwise + reductions + layout
}

extension OpCase {
    static let weighted: [OpCase] = [
        OpCase(
            "conv", .conv2D(Conv2D(padding: .same, activation: .relu)),
            [float(2, 7, 6, 4), weights(5, 3, 3, 4), weights(5)], "CONV_2D"),
        OpCase(
            "conv without bias, strided", .conv2D(Conv2D(strides: Size2D(2, 1))),
            [float(1, 7, 6, 4), weights(5, 3, 2, 4)], "CONV_2D"),
        OpCase(
            "conv dilated", .conv2D(Conv2D(dilations: Size2D(2, 3), padding: .same)),
            [float(1, 9, 9, 2), weights(3, 3, 3, 2), weights(3)], "CONV_2D"),
        OpCase(
            "conv grouped", .conv2D(Conv2D(padding: .same, activation: .relu6)),
            [float(1, 5, 5, 6), weights(4, 3, 3, 3), weights(4)], "CONV_2D"),
        OpCase(
            "conv free batch", .conv2D(Conv2D(activation: .reluN1To1)),
            [float(-1, 5, 5, 3), weights(1, 1, 1, 3), weights(1)], "CONV_2D"),
        OpCase(
            "depthwise", .depthwiseConv2D(DepthwiseConv2D(padding: .same, activation: .relu)),
            [float(1, 6, 6, 3), weights(1, 3, 3, 3), weights(3)], "DEPTHWISE_CONV_2D"),
        OpCase(
            "depthwise multiplied", .depthwiseConv2D(DepthwiseConv2D(strides: Size2D(2, 2))),
            [float(2, 6, 6, 3), weights(1, 3, 3, 6)], "DEPTHWISE_CONV_2D"),
        OpCase(
            "depthwise dilated", .depthwiseConv2D(DepthwiseConv2D(dilations: Size2D(2, 2))),
            [float(1, 8, 8, 3), weights(1, 3, 3, 3), weights(3)], "DEPTHWISE_CONV_2D"),
        OpCase(
            "transposed",
            .transposeConv2D(TransposeConv2D(strides: Size2D(2, 2), size: Size2D(9, 9))),
            [float(2, 4, 4, 3), weights(5, 3, 3, 3)], "TRANSPOSE_CONV"),
        OpCase(
            "transposed same, bias, relu",
            .transposeConv2D(
                TransposeConv2D(
                    strides: Size2D(2, 3), padding: .same, size: Size2D(7, 12), activation: .relu)),
            [float(1, 4, 4, 3), weights(5, 3, 4, 3), weights(5)], "TRANSPOSE_CONV"),
        OpCase(
            "transposed bias",
            .transposeConv2D(
                TransposeConv2D(strides: Size2D(2, 2), padding: .same, size: Size2D(8, 8))),
            [float(1, 4, 4, 3), weights(5, 3, 3, 3), weights(5)], "TRANSPOSE_CONV"),
        OpCase(
            "transposed free batch",
            .transposeConv2D(
                TransposeConv2D(
                    strides: Size2D(2, 2), padding: .same, size: Size2D(7, 8), activation: .relu)),
            [float(-1, 4, 4, 3), weights(5, 3, 3, 3), weights(5)],
            "PAD CONV_2D DEPTH_TO_SPACE STRIDED_SLICE"),
        OpCase(
            "transposed free batch, unequal strides",
            .transposeConv2D(TransposeConv2D(strides: Size2D(3, 2), size: Size2D(16, 9))),
            [float(-1, 5, 4, 3), weights(2, 3, 3, 3)],
            "PAD CONV_2D RESHAPE TRANSPOSE RESHAPE STRIDED_SLICE"),
        OpCase(
            "transposed free batch, stride 1",
            .transposeConv2D(TransposeConv2D(padding: .same, size: Size2D(5, 4))),
            [float(-1, 5, 4, 3), weights(2, 4, 3, 3)], "PAD CONV_2D STRIDED_SLICE"),
        OpCase(
            "transposed free size",
            .transposeConv2D(
                TransposeConv2D(
                    strides: Size2D(2, 2), padding: .same, size: Size2D(-1, -1),
                    margin: Size2D(0, 0))),
            [float(-1, -1, -1, 3), weights(5, 3, 3, 3), weights(5)],
            "SHAPE MUL ADD TRANSPOSE_CONV"),
        OpCase(
            "conv3D", .conv3D(Conv3D(strides: Size3D(1, 2, 1), padding: .same, activation: .relu)),
            [float(1, 4, 5, 6, 2), weights(3, 3, 2, 2, 4), weights(4)], "CONV_3D"),
        OpCase(
            "conv3D without bias", .conv3D(Conv3D(dilations: Size3D(1, 2, 1))),
            [float(2, 4, 5, 6, 2), weights(2, 3, 2, 2, 4)], "CONV_3D"),
        OpCase(
            "transposed 3D",
            .transposeConv3D(
                TransposeConv3D(
                    strides: Size3D(2, 1, 2), padding: .same, size: Size3D(6, 4, 8),
                    activation: .relu)),
            [float(1, 3, 4, 4, 2), weights(3, 3, 3, 5, 2), weights(5)], "CONV_3D_TRANSPOSE"),
        OpCase(
            "transposed 3D without bias",
            .transposeConv3D(TransposeConv3D(strides: Size3D(2, 2, 2), size: Size3D(7, 9, 9))),
            [float(2, 3, 4, 4, 2), weights(3, 3, 3, 5, 2)], "CONV_3D_TRANSPOSE"),
        OpCase(
            "dense", .fullyConnected(FullyConnected(activation: .relu)),
            [float(3, 7), weights(5, 7), weights(5)], "FULLY_CONNECTED"),
        OpCase(
            "dense without bias", .fullyConnected(FullyConnected()),
            [float(-1, 7), weights(5, 7)], "FULLY_CONNECTED"),
        OpCase(
            "dense rank 1", .fullyConnected(FullyConnected()), [float(7), weights(5, 7)],
            "FULLY_CONNECTED"),
        OpCase(
            "dense rank 4", .fullyConnected(FullyConnected(activation: .relu6)),
            [float(2, 3, 4, 7), weights(5, 7), weights(5)], "FULLY_CONNECTED"),
        OpCase(
            "dense computed filter", .fullyConnected(FullyConnected()),
            [float(3, 7), float(5, 7), weights(5)], "FULLY_CONNECTED"),
        OpCase(
            "matmul", .batchMatMul(BatchMatMul()), [float(2, 3, 4, 5), float(2, 3, 5, 6)],
            "BATCH_MATMUL"),
        OpCase(
            "matmul adjoint", .batchMatMul(BatchMatMul(adjointA: true, adjointB: true)),
            [float(-1, 5, 4), float(-1, 6, 5)], "BATCH_MATMUL"),
        OpCase(
            "matmul broadcast", .batchMatMul(BatchMatMul(adjointB: true)),
            [float(2, 3, 4, 5), weights(1, 6, 5)], "BATCH_MATMUL"),
        OpCase(
            "matmul rank 5", .batchMatMul(BatchMatMul()),
            [float(2, 1, 3, 4, 5), float(2, 2, 3, 5, 6)], "BATCH_MATMUL"),
        OpCase(
            "max pool",
            .pool2D(
                Pool2D(kind: .max, window: Size2D(3, 2), strides: Size2D(2, 2), padding: .same)),
            [float(2, 7, 6, 3)], "MAX_POOL_2D"),
        OpCase(
            "average pool",
            .pool2D(
                Pool2D(
                    kind: .average, window: Size2D(3, 3), strides: Size2D(1, 2), padding: .same,
                    activation: .relu)),
            [float(1, 7, 6, 3)], "AVERAGE_POOL_2D"),
        OpCase(
            "average pool stride over window",
            .pool2D(Pool2D(kind: .average, window: Size2D(1, 1), strides: Size2D(2, 2))),
            [float(1, 7, 6, 3)], "AVERAGE_POOL_2D"),
        OpCase(
            "batch normalization", .batchNormalization(BatchNormalization(axis: 3, epsilon: 1e-3)),
            [float(1, 4, 4, 3), weights(3), weights(3), weights(3), positive(3)], "MUL ADD"),
        OpCase(
            "batch normalization axis 1",
            .batchNormalization(BatchNormalization(axis: 1, epsilon: 1e-3)),
            [float(-1, 3, 4), weights(3), weights(3), weights(3), positive(3)], "MUL ADD"),
    ]
}
