import Foundations
import TFLiteFormat
import Tensors
import TestSupport

/// Sets every field of operator options to a random value.
struct RandomizingVisitor: OptionsVisitor {
    var generator: SplitMix64

    mutating func visit(_ name: StaticString, _ value: inout Int, default: Int) {
        value = Bool.random(using: &generator) ? `default` : number(-1000...1000)
    }

    mutating func visit(_ name: StaticString, _ value: inout Int64) {
        value = Int64.random(in: .min ... .max, using: &generator)
    }

    mutating func visit(_ name: StaticString, _ value: inout Float) {
        value = Float.random(in: -10...10, using: &generator)
    }

    mutating func visit(_ name: StaticString, _ value: inout Bool, default: Bool) {
        value = Bool.random(using: &generator)
    }

    mutating func visit<Value: SchemaEnum>(_ name: StaticString, _ value: inout Value) {
        value = Value.allCases.randomElement(using: &generator) ?? value
    }

    mutating func visit(_ name: StaticString, _ value: inout [Int]) {
        value = (0..<number(0...5)).map { _ in number(-100...100) }
    }

    mutating func visit(_ name: StaticString, _ value: inout [Float]) {
        value = (0..<number(0...5)).map { _ in Float(number(-100...100)) / 8 }
    }

    mutating func visit(_ name: StaticString, _ value: inout String) {
        value = String("Größe αβγ".prefix(number(0...9)))
    }

    mutating func skip() {}

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }
}

/// A model of random structure, in which every member of the options union occurs with random fields.
func randomModel(seed: UInt64) throws -> TFLiteModel {
    var random = RandomizingVisitor(generator: SplitMix64(seed: seed))
    var model = TFLiteModel()
    model.description = "model \(seed)"
    for _ in 0..<random.number(1...40) {
        let count = random.number(0...300)
        let bytes = (0..<count).map { _ in UInt8(random.number(0...255)) }
        model.buffers.append(TFLiteBuffer(bytes))
    }
    model.operatorCodes = BuiltinOperator.allCases.filter { $0 != .custom }.map {
        TFLiteOperatorCode($0, version: random.number(1...9))
    }
    model.operatorCodes.append(TFLiteOperatorCode(.custom, customName: "Mine"))
    for index in 0..<random.number(1...3) {
        model.subgraphs.append(try randomSubgraph(index, of: model, &random))
    }
    let last = model.subgraphs.count - 1
    let name = TFLiteSignature.Tensor(name: "x", index: 0)
    model.signatures = [TFLiteSignature(inputs: [name], outputs: [name, name], subgraph: last)]
    return model
}

private func randomSubgraph(
    _ index: Int, of model: TFLiteModel, _ random: inout RandomizingVisitor
) throws -> TFLiteSubgraph {
    var subgraph = TFLiteSubgraph(name: index == 0 ? nil : "graph \(index)")
    for buffer in model.buffers.indices {
        subgraph.tensors.append(randomTensor(buffer: BufferIndex(buffer), of: model, &random))
    }
    let count = subgraph.tensors.count
    func indices(_ range: ClosedRange<Int>) -> [TensorIndex] {
        (0..<random.number(0...4)).map { _ in TensorIndex(random.number(range)) }
    }
    subgraph.inputs = indices(0...count - 1)
    subgraph.outputs = indices(0...count - 1)
    for var options in BuiltinOptions.allDefaults {
        try options.visitFields(&random)
        var node = TFLiteOperator(
            opcodeIndex: OperatorCodeIndex(random.number(0...model.operatorCodes.count - 1)),
            inputs: indices(-1...count - 1), outputs: indices(0...count - 1),
            options: random.number(0...9) == 0 ? nil : options)
        if random.number(0...9) == 0 { node.customOptions = [1, 2, 3] }
        if random.number(0...9) == 0 { node.mutatingVariableInputs = [true, false, true] }
        if random.number(0...9) == 0 { node.intermediates = indices(-1...count - 1) }
        subgraph.operators.append(node)
    }
    return subgraph
}

/// A tensor that fits the data of its buffer.
private func randomTensor(
    buffer: BufferIndex, of model: TFLiteModel, _ random: inout RandomizingVisitor
) -> TFLiteTensor {
    var tensor = TFLiteTensor(
        name: "tensor \(buffer)", shape: [Shape.free, 4], type: .float32, buffer: buffer)
    if let source = model[buffer].source {
        tensor.type = TFLiteTensorType.allCases.randomElement(using: &random.generator) ?? .int8
        let bits = tensor.type.bitCount ?? 8
        let count = source.byteCount * 8 / bits
        tensor.shape = count % 2 == 0 ? [2, count / 2] : [count]
        tensor.shapeSignature = nil
        if count > 0, count % 2 == 0 {
            tensor.quantization = TFLiteQuantization(
                scale: [0.5, 0.25], zeroPoint: [-3, 1 << 40], min: [-1], max: [1, 2])
        }
    } else {
        tensor.isVariable = random.number(0...1) == 0
        tensor.hasRank = random.number(0...1) == 0
    }
    return tensor
}

/// A small model: ADD of a variable batch and a constant, with a signature.
func smallModel() -> TFLiteModel {
    var model = TFLiteModel()
    model.operatorCodes = [TFLiteOperatorCode(.add)]
    model.buffers.append(
        TFLiteBuffer([0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40]))
    model.subgraphs = [
        TFLiteSubgraph(
            name: "main",
            tensors: [
                TFLiteTensor(name: "x", shape: [Shape.free, 3], type: .float32),
                TFLiteTensor(name: "c", shape: [3], type: .float32, buffer: 1),
                TFLiteTensor(name: "y", shape: [Shape.free, 3], type: .float32),
            ],
            inputs: [0], outputs: [2],
            operators: [
                TFLiteOperator(
                    opcodeIndex: 0, inputs: [0, 1], outputs: [2],
                    options: AddOptions(activation: .relu6))
            ])
    ]
    model.signatures = [
        TFLiteSignature(inputs: [.init(name: "x", index: 0)], outputs: [.init(name: "y", index: 2)])
    ]
    return model
}
