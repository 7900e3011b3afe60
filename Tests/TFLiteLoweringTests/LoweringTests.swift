import GraphIR
import Legalize
import Problems
import TFLiteFormat
import TFLiteLowering
import Targets
import Tensors
import Testing

@Suite struct LoweringTests {
    @Test(arguments: OpCase.all) func writtenAndReadAgain(_ item: OpCase) throws {
        let graph = try item.graph()
        let lowered = try lowered(graph)
        let model = try TFLiteReader.read(TFLiteWriter.bytes(of: lowered.model))
        let subgraph = try #require(model.subgraphs.first)
        let operators = subgraph.operators.map { model.name(of: $0) }
        #expect(operators.joined(separator: " ") == item.operators)
        #expect(lowered.operatorLayers == operators.map { _ in "node" })
        #expect(Set(subgraph.tensors.map(\.name)).count == subgraph.tensors.count)
        checkPorts(graph.inputs, subgraph.inputs, model.signatures.first?.inputs, graph, subgraph)
        checkPorts(
            graph.outputs, subgraph.outputs, model.signatures.first?.outputs, graph, subgraph)
        for (id, index) in lowered.tensors where id.index < graph.values.count {
            let tensor = subgraph[index]
            #expect(tensor.freeShape == graph[id].shape)
            #expect(tensor.type.dtype == graph[id].dtype)
            if let constant = graph.constant(id) {
                let stored = try #require(model.source(of: tensor)).bytes()
                #expect(stored == constant.tensor().array(of: UInt8.self))
            }
        }
        for node in subgraph.operators where model.name(of: node) == "CONCATENATION" {
            #expect(node.inputs.count <= 5)
        }
    }

    private func checkPorts(
        _ ports: [Port], _ indices: [TensorIndex], _ signature: [TFLiteSignature.Tensor]?,
        _ graph: Graph, _ subgraph: TFLiteSubgraph
    ) {
        #expect(indices.map { subgraph[$0].name } == ports.map { graph[$0.value].name })
        #expect(signature?.map(\.name) == ports.map(\.name))
        #expect(signature?.map(\.index) == indices)
    }

    /// A graph of two inputs, two constants and whatever `body` makes of them.
    private func graph(
        _ body: (GraphBuilder, [ValueID]) throws -> Void
    ) rethrows -> Graph {
        let builder = GraphBuilder(name: "g")
        let inputs = ["a", "b"].map { builder.input(.float32(-1, 3), name: $0) }
        builder.layer = "sum"
        try body(builder, inputs)
        return builder.graph
    }

    @Test func outputsAreCopiedIfTheyAreConstants() throws {
        let graph = try graph { builder, inputs in
            let sum = try builder.add(inputs[0], inputs[0])
            let constant = builder.constant(Constant(Tensor([Float(1), 2], [2])), role: "c")
            builder.output(sum, name: "sum")
            builder.output(inputs[0], name: "a")
            builder.output(sum, name: "sum")
            builder.output(constant, name: "c")
        }
        let lowered = try lowered(graph)
        let subgraph = lowered.model.subgraphs[0]
        #expect(subgraph.outputs[0] == subgraph.outputs[2])
        #expect(subgraph.outputs[1] == subgraph.inputs[0])
        #expect(subgraph.inputs.count == 2)
        #expect(
            subgraph.operators.map { lowered.model.name(of: $0) } == ["ADD", "RESHAPE"])
        #expect(lowered.model.signatures[0].outputs.map(\.name) == ["sum", "a", "sum_1", "c"])
        #expect(
            subgraph.outputs.map { subgraph[$0].shape } == [[1, 3], [1, 3], [1, 3], [2]])
        #expect(lowered.operatorLayers.count == 2)
    }

    @Test func equalConstantsShareATensor() throws {
        let values = (0..<1000).map { Float($0 % 97) }
        let lowered = try lowered(
            graph { builder, _ in
                let x = builder.input(.float32(10, 100), name: "x")
                let stored = Constant(Tensor(values, [10, 100]))
                let turned = Constant(
                    stored.permuted([1, 0]).tensor()
                ).permuted([1, 0])
                var other = values
                other[555] += 1
                let constants = [
                    stored, stored, turned,
                    stored.scaled(by: [Double](repeating: 1, count: 10), axis: 0),
                    Constant(Tensor(other, [10, 100])),
                ]
                var sum = x
                for constant in constants {
                    sum = try builder.add(sum, builder.constant(constant, role: "c"))
                }
                builder.output(sum, name: "y")
            })
        let operators = lowered.model.subgraphs[0].operators
        let shared = operators.map { $0.inputs[1] }
        #expect(Set(shared.prefix(4)).count == 1)
        #expect(shared[4] != shared[0])
        #expect(lowered.model.buffers.count == 3)
    }

    @Test func parametersShareATensor() throws {
        let lowered = try lowered(
            graph { builder, inputs in
                for input in inputs {
                    let sum = try builder.reduce(.sum, input, axes: [1])
                    builder.output(try builder.reduce(.max, input, axes: [1]), name: "max")
                    builder.output(sum, name: "sum")
                }
            })
        let axes = lowered.model.subgraphs[0].operators.map { $0.inputs[1] }
        #expect(axes.count == 4)
        #expect(Set(axes).count == 1)
    }

    @Test func modelsAreDeterministic() throws {
        let item = try #require(OpCase.all.first { $0.name == "concatenate 12" })
        let first = try TFLiteWriter.bytes(of: lowered(item.graph()).model)
        let second = try TFLiteWriter.bytes(of: lowered(item.graph()).model)
        #expect(first == second)
    }

    @Test func namesStayApart() throws {
        let lowered = try lowered(
            graph { builder, inputs in
                builder.layer = "shape"
                let x = try builder.reshape(inputs[0], [-1, 3, 1])
                builder.finish(x, asOutputOf: "shape")
                builder.output(x, name: "shape")
            })
        let subgraph = lowered.model.subgraphs[0]
        #expect(subgraph[subgraph.outputs[0]].name == "shape")
        #expect(Set(subgraph.tensors.map(\.name)).count == subgraph.tensors.count)
    }

    @Test func severalUnknownSizesCannotBeReshaped() throws {
        let item = OpCase(
            "two free", .tile(Tile([1, 1])), [.value(.float32(-1, -1))], "TILE")
        var graph = try item.graph()
        graph.addOutput(graph.outputs[0].value, name: "again")
        var target = Target.liteRT
        target.repeatsOutputs = false
        let problem = #expect(throws: Problem.self) { try lower(graph, for: target) }
        #expect(problem?.headline.contains("layer 'again': a reshape to ?×?") == true)
        #expect(problem?.remedy == "Fix them with ConversionOptions.inputShapes.")
    }

    @Test func extentsOfATransposedConvolutionFollowAFreeBatch() throws {
        let op = TransposeConv3D(size: Size3D(3, 3, 3)).op
        let types: [GraphTensorType] = [.float32(-1, 3, 3, 3, 2), .float32(1, 1, 1, 4, 2)]
        let item = OpCase("free", op, types.map { .value($0) }, "")
        let model = try lowered(try item.graph()).model
        let names = model.subgraphs[0].operators.map { model.name(of: $0) }
        #expect(names == ["SHAPE", "SLICE", "CONCATENATION", "CONV_3D_TRANSPOSE"])
    }

    static let impossible: [(Op, [GraphTensorType], String)] = [
        (
            .transpose(Transpose([6, 5, 4, 3, 2, 1, 0])), [.float32(2, 2, 2, 2, 2, 2, 2)],
            "it has 7 dimensions, of which 6 are possible"
        ),
        (
            .pad(Pad([PadAmount](repeating: PadAmount(1, 0), count: 6))),
            [.float32(1, 1, 1, 1, 1, 1)],
            "of which 5 are possible"
        ),
        (
            .binary(Binary(.divide)), [GraphTensorType(.int64, [3]), GraphTensorType(.int64, [3])],
            "int64 is not possible, only float32, int32"
        ),
        (
            .unary(Unary(.exp)), [GraphTensorType(.int32, [3])],
            "exp is not supported here: int32 is not possible"
        ),
    ]

    @Test(arguments: impossible.indices) func impossibleOperatorsAreNamed(index: Int) throws {
        let (op, types, reason) = Self.impossible[index]
        let item = OpCase("impossible", op, types.map { .value($0) }, "")
        let graph = try item.graph()
        let problem = #expect(throws: Problem.self) { try lowered(graph) }
        #expect(problem?.layer == "node")
        #expect(problem?.code == .unsupported)
        #expect(problem?.message.contains(reason) == true)
    }
}

/// The model of a graph that has been fitted to the target.
private func lowered(_ graph: Graph) throws -> LoweredModel {
    var graph = graph
    try Legalize.expand(&graph, for: .liteRT)
    return try lower(graph, for: .liteRT)
}

typealias GraphTensorType = TensorType
