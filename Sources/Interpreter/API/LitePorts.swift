import Problems
import TFLiteFormat
import Tensors

/// The inputs and outputs of one subgraph with their names.
struct LitePorts: Sendable {
    let inputs: [LiteTensorDescription]
    let outputs: [LiteTensorDescription]
    /// The signatures of this subgraph.
    let signatures: [LiteSignature]

    /// The inputs and outputs that a file declares for a subgraph.
    ///
    /// - Throws: `Problem.Kind.unsupportedOperator` if one has elements that no tensor here can hold.
    init(_ file: TFLiteModel, subgraph: Int, _ all: [LiteSignature]) throws {
        let graph = file.subgraphs[subgraph]
        inputs = try graph.inputs.map { try LiteTensorDescription(graph, $0) }
        outputs = try graph.outputs.map { try LiteTensorDescription(graph, $0) }
        signatures = all.filter { $0.subgraph == subgraph }
    }

    /// The position of the input with a name in a signature or in the file.
    func position(
        ofInput name: String, _ signature: String?
    ) throws(LiteModelError) -> Int {
        let position = named(signature)?.inputs[name] ?? inputs.firstIndex { $0.name == name }
        guard let position else {
            throw LiteModelError.usage(
                "there is no input '\(name)'", remedy: "The inputs are \(inputList).")
        }
        return position
    }

    /// The tensors in the order of the inputs.
    func arrange(_ tensors: [String: LiteTensor], signature: String?) throws -> [LiteTensor] {
        if let signature, !signatures.contains(where: { $0.key == signature }) {
            throw LiteModelError.usage(
                "there is no signature '\(signature)' here",
                remedy: signatures.isEmpty
                    ? "" : "There is \(signatures.map(\.key).joined(separator: ", ")).")
        }
        var ordered = [LiteTensor?](repeating: nil, count: inputs.count)
        for (name, tensor) in tensors {
            ordered[try position(ofInput: name, signature)] = tensor
        }
        return try zip(ordered, inputNames(signature)).map { tensor, name in
            guard let tensor else {
                throw LiteModelError.usage(
                    "the input '\(name)' is missing", remedy: "The inputs are \(inputList).")
            }
            return tensor
        }
    }

    /// The names of the outputs, in their order.
    func outputNames(_ signature: String?) -> [String] {
        let names = named(signature)?.outputs ?? [:]
        return outputs.enumerated().map { index, output in
            names.first { $0.value == index }?.key ?? output.name
        }
    }

    /// The names of the inputs, in their order.
    func inputNames(_ signature: String?) -> [String] {
        let names = named(signature)?.inputs ?? [:]
        return inputs.enumerated().map { index, input in
            names.first { $0.value == index }?.key ?? input.name
        }
    }

    private func named(_ signature: String?) -> LiteSignature? {
        signature.map { key in signatures.first { $0.key == key } } ?? signatures.first
    }

    private var inputList: String {
        zip(inputNames(nil), inputs).map { "'\($0)' (\($1))" }.joined(separator: ", ")
    }
}

extension LiteSignature {
    /// A signature of a file with positions instead of tensors.
    init(_ signature: TFLiteSignature, in file: TFLiteModel) {
        let graph = file.subgraphs[signature.subgraph]
        func positions(_ tensors: [TFLiteSignature.Tensor], in list: [TensorIndex]) -> [String: Int]
        {
            var positions: [String: Int] = [:]
            for tensor in tensors { positions[tensor.name] = list.firstIndex(of: tensor.index) }
            return positions
        }
        key = signature.key
        inputs = positions(signature.inputs, in: graph.inputs)
        outputs = positions(signature.outputs, in: graph.outputs)
        subgraph = signature.subgraph
    }
}

extension LiteTensorDescription {
    /// A tensor that a file declares.
    ///
    /// - Throws: `Problem.Kind.unsupportedTensor` for elements that no tensor here can hold.
    init(_ graph: TFLiteSubgraph, _ index: TensorIndex) throws {
        let tensor = graph[index]
        guard let dtype = tensor.type.dtype, let elementType = LiteElementType(dtype) else {
            throw Problem(
                .unsupportedTensor(
                    name: tensor.name, elementType: tensor.type.schemaName))
        }
        self.init(
            name: tensor.name, shape: tensor.describedShape, elementType: elementType,
            quantization: LiteQuantization(tensor), tensorIndex: index)
    }
}

extension TFLiteTensor {
    /// The extents, with −1 for those that can have any size.
    var describedShape: [Int] {
        guard let signature = shapeSignature, signature.count == shape.count else { return shape }
        return zip(shape, signature).map { $1 == -1 ? -1 : $0 }
    }
}
