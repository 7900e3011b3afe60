import Foundations
import GraphIR
import Problems
import TFLiteFormat
import Targets
import Tensors

/// Writes the tensors, constants and operators of one subgraph.
///
/// Nodes, loops and states all write through one: `NodeLowering` for an operation of the graph, the writer itself for what a
/// subgraph needs beside them.
final class SubgraphWriter: OperatorWriter {
    let graph: Graph
    let target: Target
    /// The path of the layer that operators are written for; new tensors are named after it.
    var layer = ""

    /// What stands for free extents; nil for 1.
    let placeholders: PlaceholderShapes?

    private let parts: ModelParts
    private let index: Int
    private var subgraph: TFLiteSubgraph
    private var operatorLayers: [String] = []
    private var tensorOfValue: [ValueID: TensorIndex] = [:]
    /// The tensors of constants; equal constants share a buffer.
    private var tensorOfBuffer: [BufferIndex: TensorIndex] = [:]
    private var names: TensorNames

    var writer: SubgraphWriter { self }

    /// A writer of a model's next subgraph, without inputs at first.
    init(
        _ graph: Graph, of parts: ModelParts, for target: Target,
        placeholders: PlaceholderShapes? = nil
    ) {
        self.graph = graph
        self.target = target
        self.placeholders = placeholders
        self.parts = parts
        index = parts.reserveSubgraph()
        subgraph = TFLiteSubgraph(name: graph.name)
        names = TensorNames(graph)
    }

    /// A writer of a further subgraph of this model, on behalf of the same layer.
    func makeSubgraph(of graph: Graph) -> SubgraphWriter {
        let part = SubgraphWriter(graph, of: parts, for: target)
        part.layer = layer
        return part
    }

    /// Adds the operators of all nodes.
    func writeNodes() throws {
        let groups = OperatorGroups(graph, for: target)
        for node in graph.nodes where !groups.coversElsewhere(node) {
            layer = node.layer
            let lowering = NodeLowering(node, self)
            try locating(layer: node.layer) {
                if let group = groups.group(at: node) { return try lowering.lower(group) }
                try lowering.lower()
            }
        }
    }

    /// Makes values of the graph the next inputs.
    func addInputs(_ values: [ValueID]) throws {
        subgraph.inputs += try values.map { try tensor(for: $0) }
    }

    /// Adds inputs that are not values of the graph.
    func addInputs(_ types: [TensorType]) -> [TensorIndex] {
        let tensors = types.map { addTensor($0, name: names.unique("input")) }
        subgraph.inputs += tensors
        return tensors
    }

    /// Lets a value of the graph be a tensor that is there already.
    func bind(_ id: ValueID, to tensor: TensorIndex) {
        tensorOfValue[id] = tensor
    }

    /// The tensor of a value, added with its first use.
    ///
    /// - Throws: `Problem.Kind.invalidGraph` if nothing makes or reads the value.
    func tensor(for id: ValueID) throws -> TensorIndex {
        if let index = tensorOfValue[id] { return index }
        let value = graph[id]
        let index = try addTensor(for: value, name: names.name(of: value))
        tensorOfValue[id] = index
        return index
    }

    /// The tensor of an output, copied if it is a constant or one of `others`.
    func ownTensor(of port: Port, besides others: [TensorIndex]) throws -> TensorIndex {
        let index = try tensor(for: port.value)
        let value = graph[port.value]
        guard others.contains(index) || value.constant != nil else { return index }
        let like = Value(
            id: value.id, type: value.type, name: value.name, layer: value.layer,
            storage: value.storage)
        let copy = try addTensor(for: like, name: names.unique(port.name))
        layer = value.layer ?? port.name
        try emitReshape(index, to: value.shape, output: copy)
        return copy
    }

    /// Makes tensors the outputs: one that is a constant is copied, and so is an input or one that is an output already,
    /// unless the target can return them.
    func addOutputs() throws {
        let inputs = target.returnsInputs ? [] : subgraph.inputs
        for port in graph.outputs {
            let outputs = target.repeatsOutputs ? [] : subgraph.outputs
            subgraph.outputs.append(try ownTensor(of: port, besides: inputs + outputs))
        }
    }

    /// Ends the subgraph and returns its index.
    ///
    /// - Parameter outputs: the tensors that leave it; by default those that were added.
    func finish(outputs: [TensorIndex]? = nil) -> Int {
        if let outputs { subgraph.outputs = outputs }
        parts.set(subgraph, at: index)
        return index
    }

    /// Ends the first subgraph: gives it a signature by the names of its ports.
    func finishModel() -> LoweredModel {
        parts.set(
            TFLiteSignature(
                inputs: signature(graph.inputs, subgraph.inputs),
                outputs: signature(graph.outputs, subgraph.outputs)))
        _ = finish()
        return LoweredModel(
            model: parts.model, operatorLayers: operatorLayers, tensors: tensorOfValue)
    }

    private func signature(_ ports: [Port], _ tensors: [TensorIndex]) -> [TFLiteSignature.Tensor] {
        var names = UniqueNames()
        return zip(ports, tensors).map { port, index in
            TFLiteSignature.Tensor(name: names.unique(port.name), index: index)
        }
    }
}

extension SubgraphWriter {
    /// A tensor that is not a value of the graph.
    ///
    /// A variable keeps its elements until an operator writes them again.
    func addTensor(
        _ type: TensorType, role: String, layer: String, isVariable: Bool = false
    ) -> TensorIndex {
        let index = addTensor(type, name: names.unique("\(layer)/\(role)"))
        subgraph[index].isVariable = isVariable
        return index
    }

    /// A tensor that stands for a variable outside of all subgraphs.
    func addHandle(role: String, layer: String) -> TensorIndex {
        subgraph.add(
            TFLiteTensor(name: names.unique("\(layer)/\(role)"), shape: .scalar, type: .resource))
    }

    /// States other extents for the free ones of a tensor.
    func setShape(_ shape: Shape, of tensor: TensorIndex) {
        subgraph[tensor].shape = shape.dims
    }

    /// The tensor of a constant that is not a value of the graph; `role` names it unless an equal one is there already.
    func parameter(_ constant: Constant, role: String) -> TensorIndex {
        let buffer = parts.buffer(for: constant)
        if let index = tensorOfBuffer[buffer] { return index }
        return tensor(for: constant, buffer, name: names.unique(role))
    }

    /// Adds an operator of the lowest version that it needs.
    ///
    /// - Parameter options: nil for an operator without any.
    /// - Throws: what `problem` makes of a reason, if the target does not run the operator on these tensors.
    func add(
        _ builtin: BuiltinOperator, inputs: [TensorIndex], outputs: [TensorIndex],
        intermediates: [TensorIndex] = [], options: (any OptionsTable)?, layer: String,
        problem: (String) -> Problem
    ) throws {
        let options = options ?? EmptyOptions(builtin)
        let operands = inputs.map { $0.isAbsent ? nil : subgraph[$0] }
        let results = outputs.map { subgraph[$0] }
        let version = OperatorVersion.lowest(
            for: builtin, inputs: operands, outputs: results, options: options)
        let use = OperatorUse(
            builtin, version: version, inputs: operands, outputs: results, options: options)
        if target.isStatic, results.contains(where: { !$0.freeShape.isStatic }) {
            throw problem("\(target.name) needs known sizes")
        }
        if let reason = target.objection(to: use) {
            throw problem(reason)
        }
        let code = TFLiteOperatorCode(builtin, version: version)
        var node = TFLiteOperator(
            opcodeIndex: parts.index(of: code), inputs: inputs, outputs: outputs, options: options)
        node.intermediates = intermediates
        subgraph.operators.append(node)
        operatorLayers.append(layer)
    }

    /// A tensor of stored elements that is not a value of the graph.
    func addStored(
        _ shape: Shape, as storage: Storage, role: String, layer: String,
        constant: StoredConstant? = nil, isVariable: Bool = false
    ) throws -> TensorIndex {
        let index = try addStored(
            shape, as: storage, name: names.unique("\(layer)/\(role)"), constant: constant)
        subgraph[index].isVariable = isVariable
        return index
    }

    /// A tensor that holds stored elements of real numbers, under a name that no tensor has.
    func addStored(
        _ shape: Shape, as storage: Storage, name: String, constant: StoredConstant? = nil
    ) throws -> TensorIndex {
        guard let type = TFLiteTensorType(storage) else {
            throw Problem(
                .invalidGraph("'\(name)' has a storage that no file has", pass: nil))
        }
        let quantization = quantization(storage, of: shape, name: name)
        return subgraph.add(
            TFLiteTensor(
                name: name, shape: shape, type: type,
                buffer: constant.map { parts.buffer(for: $0) } ?? .none,
                quantization: quantization))
    }

    /// The parameters of a storage; the scales of blocks become a tensor.
    private func quantization(
        _ storage: Storage, of shape: Shape, name: String
    ) -> TFLiteQuantization? {
        guard case .integer(_, _, let parameters) = storage, let length = parameters.blockLength
        else { return TFLiteQuantization(storage) }
        let scales = Constant(
            Tensor(parameters.scales, [shape[0], shape[1] / length]), as: .float16)
        return TFLiteQuantization(
            .init(scales: parameter(scales, role: "\(name)/scales"), length: length))
    }

    /// A tensor of elements of their own type.
    func addTensor(_ type: TensorType, name: String, buffer: BufferIndex = .none)
        -> TensorIndex
    {
        subgraph.add(
            TFLiteTensor(
                name: name, shape: type.shape, type: TFLiteTensorType(type.dtype), buffer: buffer))
    }

    /// The tensor of a constant; equal ones share it.
    func tensor(for constant: Constant, name: String) -> TensorIndex {
        let buffer = parts.buffer(for: constant)
        return tensorOfBuffer[buffer] ?? tensor(for: constant, buffer, name: name)
    }

    private func tensor(
        for constant: Constant, _ buffer: BufferIndex, name: String
    ) -> TensorIndex {
        let type = constant.type
        let index = addTensor(type, name: name, buffer: buffer)
        tensorOfBuffer[buffer] = index
        return index
    }
}
