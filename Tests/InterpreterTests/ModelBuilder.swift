import Interpreter
import TFLiteFormat
import Tensors

/// Builds small TFLite files.
struct ModelBuilder {
    var model = TFLiteModel()
    var graph = TFLiteSubgraph()

    /// Adds a computed tensor.
    mutating func tensor(_ shape: Shape, _ type: TFLiteTensorType = .float32, name: String? = nil)
        -> TensorIndex
    {
        graph.add(
            TFLiteTensor(name: name ?? "t\(graph.tensors.count)", shape: shape, type: type))
    }

    /// Adds an input of the graph.
    mutating func input(_ shape: Shape, _ type: TFLiteTensorType = .float32, name: String)
        -> TensorIndex
    {
        let index = tensor(shape, type, name: name)
        graph.inputs.append(index)
        return index
    }

    /// Adds a constant.
    mutating func constant(_ tensor: Tensor) -> TensorIndex {
        graph.add(
            TFLiteTensor(
                name: "c\(graph.tensors.count)", shape: tensor.shape,
                type: TFLiteTensorType(tensor.dtype),
                buffer: model.add(TFLiteBuffer(Constant(tensor)))))
    }

    /// Adds a constant of 32-bit integers.
    mutating func integers(_ values: [Int32]) -> TensorIndex {
        constant(Tensor(values, [values.count]))
    }

    /// Adds an operator.
    mutating func add(
        _ builtin: BuiltinOperator, _ inputs: [TensorIndex], _ outputs: [TensorIndex],
        _ options: (any OptionsTable)? = nil, version: Int = 1
    ) {
        let code = TFLiteOperatorCode(builtin, version: version)
        let known = model.operatorCodes.firstIndex(of: code).map { OperatorCodeIndex($0) }
        graph.operators.append(
            TFLiteOperator(
                opcodeIndex: known ?? model.add(code), inputs: inputs, outputs: outputs,
                options: options))
    }

    /// The file with these outputs.
    mutating func bytes(outputs: [TensorIndex]) throws -> [UInt8] {
        graph.outputs = outputs
        model.subgraphs = [graph]
        return try TFLiteWriter.bytes(of: model)
    }

    /// The loaded file with these outputs.
    mutating func load(outputs: [TensorIndex], memoryLimit: Int = 1 << 28) throws -> LiteModel {
        try LiteModel(
            bytes: bytes(outputs: outputs), options: .init(threads: 1, memoryLimit: memoryLimit))
    }
}

extension LiteModel {
    /// The first output for float inputs of the shapes that the file says.
    func floats(_ values: [Float]...) throws -> [Float] {
        let tensors = try zip(values, inputs).map { try LiteTensor($0, shape: $1.shape) }
        return try makeSession().run(tensors)[0].values()
    }
}

/// A file with a convolution, a branch, a reshape with a free batch, and a classifier.
func smallNetwork() throws -> [UInt8] {
    var builder = ModelBuilder()
    let x = builder.input([-1, 6, 6, 2], name: "image")
    let filter = (0..<72).map { (index: Int) -> Float in Float(index % 7) * 0.1 - 0.25 }
    let convolved = builder.tensor([-1, 3, 3, 4])
    builder.add(
        .conv2D,
        [
            x, builder.constant(Tensor(filter, [4, 3, 3, 2])),
            builder.constant(Tensor([Float(0.5), -0.5, 0.25, 0], [4])),
        ], [convolved],
        Conv2DOptions(padding: .same, strideWidth: 2, strideHeight: 2))
    let gate = builder.tensor([-1, 3, 3, 4])
    builder.add(.logistic, [convolved], [gate])
    let product = builder.tensor([-1, 3, 3, 4])
    builder.add(.mul, [convolved, gate], [product], MulOptions())
    let flat = builder.tensor([-1, 36])
    builder.add(
        .reshape, [product, builder.integers([-1, 36])], [flat],
        ReshapeOptions(newShape: [-1, 36]))
    let scores = builder.tensor([-1, 3])
    let weights = (0..<108).map { (index: Int) -> Float in Float(index % 11) * 0.2 - 1 }
    builder.add(
        .fullyConnected, [flat, builder.constant(Tensor(weights, [3, 36])), -1], [scores],
        FullyConnectedOptions(activation: .none))
    let result = builder.tensor([-1, 3], name: "probabilities")
    builder.add(.softmax, [scores], [result], SoftmaxOptions(beta: 1))
    builder.model.signatures = [
        TFLiteSignature(
            inputs: [.init(name: "x", index: x)], outputs: [.init(name: "y", index: result)])
    ]
    return try builder.bytes(outputs: [result])
}

/// Different images for `smallNetwork`.
func images(_ count: Int) -> [[Float]] {
    (0..<count).map { image in
        (0..<72).map { (pixel: Int) -> Float in
            let step = pixel * (image + 3) % 13
            return Float(step) * 0.3 - 1.5
        }
    }
}
