import GraphIR
import Problems
import TFLiteFormat
import Tensors

/// Collects the tensors, constants and operators of a model.
final class ModelAssembler {
    let graph: Graph

    private var model = TFLiteModel()
    private var subgraph: TFLiteSubgraph
    private var operatorLayers: [String] = []
    private var operatorCodes: [TFLiteOperatorCode: Int] = [:]
    private var tensorOfValue: [ValueID: Int] = [:]
    private var pool = ConstantPool()
    private var names: TensorNames

    init(_ graph: Graph) {
        self.graph = graph
        subgraph = TFLiteSubgraph(name: graph.name)
        names = TensorNames(graph)
        for input in graph.inputs { subgraph.inputs.append(tensor(for: input.value)) }
    }

    /// The tensor of a value, added with its first use.
    func tensor(for id: ValueID) -> Int {
        if let index = tensorOfValue[id] { return index }
        let value = graph[id]
        let index: Int
        if let constant = value.constant {
            index = tensor(for: constant, name: names.name(of: id))
        } else {
            index = addTensor(value.type, name: names.name(of: id))
        }
        tensorOfValue[id] = index
        return index
    }

    /// A tensor for a step inside a node.
    ///
    /// A variable keeps its elements until an operator makes them anew.
    func addTensor(
        _ type: GraphIR.TensorType, role: String, layer: String, isVariable: Bool = false
    ) -> Int {
        let index = addTensor(type, name: names.unique("\(layer)/\(role)"))
        subgraph.tensors[index].isVariable = isVariable
        return index
    }

    /// The tensor of a constant that is no value of the graph; `role` names it unless an equal one is there already.
    func parameter(_ constant: Constant, role: String) -> Int {
        pool.tensor(equalTo: constant) ?? tensor(for: constant, name: names.unique(role))
    }

    /// Adds an operator of the lowest version that it needs.
    func emit(
        _ builtin: BuiltinOperator, inputs: [Int], outputs: [Int], options: BuiltinOptions?,
        layer: String
    ) {
        let version = OperatorVersion.lowest(
            for: builtin,
            inputs: inputs.map { $0 < 0 ? nil : subgraph.tensors[$0] },
            outputs: outputs.map { subgraph.tensors[$0] }, options: options)
        let code = TFLiteOperatorCode(builtin, version: version)
        let codeIndex = operatorCodes[code] ?? model.operatorCodes.count
        if codeIndex == model.operatorCodes.count {
            operatorCodes[code] = codeIndex
            model.operatorCodes.append(code)
        }
        subgraph.operators.append(
            TFLiteOperator(
                opcodeIndex: codeIndex, inputs: inputs, outputs: outputs, options: options))
        operatorLayers.append(layer)
    }

    /// The whole model, once all nodes are in it.
    func finish() throws -> LoweredModel {
        try addOutputs()
        model.signatures = [
            TFLiteSignature(
                inputs: signature(graph.inputs, subgraph.inputs),
                outputs: signature(graph.outputs, subgraph.outputs))
        ]
        model.subgraphs = [subgraph]
        return LoweredModel(
            model: model, operatorLayers: operatorLayers, tensors: tensorOfValue)
    }

    /// Adds the outputs; one that is an input, a constant or an output already is copied.
    private func addOutputs() throws {
        for port in graph.outputs {
            var index = tensor(for: port.value)
            let value = graph[port.value]
            let isTaken = subgraph.inputs.contains(index) || subgraph.outputs.contains(index)
            if isTaken || value.constant != nil {
                let copy = addTensor(value.type, name: names.unique(port.name))
                try emitReshape(index, to: copy, value.shape, layer: value.layer ?? port.name)
                index = copy
            }
            subgraph.outputs.append(index)
        }
    }

    /// Adds a RESHAPE to `shape`, in which one extent may be free.
    func emitReshape(_ input: Int, to output: Int, _ shape: Shape, layer: String) throws {
        guard shape.dims.count(where: { $0 == Shape.free }) <= 1 else {
            throw Problem(
                .unsupported(
                    what: "a reshape to \(shape) has several unknown sizes",
                    remedy: "Fix them with --input-shape."), layer: layer)
        }
        let target = parameter(Constant(shape.dims, [shape.rank]), role: "shape")
        emit(
            .reshape, inputs: [input, target], outputs: [output],
            options: .reshape(ReshapeOptions(newShape: shape.dims)), layer: layer)
    }

    private func signature(_ ports: [Port], _ tensors: [Int]) -> [TFLiteSignature.Tensor] {
        var names = UniqueNames()
        return zip(ports, tensors).map { port, index in
            TFLiteSignature.Tensor(name: names.unique(port.name), index: index)
        }
    }

    private func addTensor(_ type: GraphIR.TensorType, name: String, buffer: Int = 0) -> Int {
        subgraph.tensors.append(
            TFLiteTensor(
                name: name, shape: type.shape, type: TensorType(type.dtype), buffer: buffer))
        return subgraph.tensors.count - 1
    }

    private func tensor(for constant: Constant, name: String) -> Int {
        if let index = pool.tensor(equalTo: constant) { return index }
        // The outermost axis is the one that is written in pieces.
        let dims = Array(constant.shape.dims.drop { $0 == 1 })
        model.buffers.append(TFLiteBuffer(constant.reshaped(Shape(dims))))
        let type = GraphIR.TensorType(constant.dtype, constant.shape)
        let index = addTensor(type, name: name, buffer: model.buffers.count - 1)
        pool.insert(constant, tensor: index)
        return index
    }
}
