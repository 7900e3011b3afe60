import GraphIR
import Problems
import Tensors
import Testing

/// What the changes that passes are made of do to users, names and dead nodes.
@Suite struct GraphEditingTests {
    /// x → a → b → y, with a second reader of a.
    private let chain = """
        input x: float32[2]
        a = relu(x) @layer "act"
        b = neg(a) @layer "minus"
        c = abs(a) @layer "size"
        y = add(b, c) @layer "sum"
        output y
        """

    private func value(_ name: String, in graph: Graph) throws -> ValueID {
        try #require(graph.values.first { $0.name == name }).id
    }

    @Test func redirectedReadersReadTheOtherValue() throws {
        var graph = try Graph(parsing: chain)
        let (x, a) = (try value("x", in: graph), try value("a", in: graph))
        graph.redirect(a, to: x)
        #expect(graph.users(of: a).isEmpty)
        #expect(graph.users(of: x).map(\.layer).sorted() == ["act", "minus", "size"])
        #expect(graph[x].name == "x" && graph[x].layer == "x", "an input keeps its name")
        try graph.verify()
    }

    @Test func aValueTakesOverNameAndLayerOfTheOneItReplaces() throws {
        var graph = try Graph(parsing: chain)
        let (b, c) = (try value("b", in: graph), try value("c", in: graph))
        graph.redirect(b, to: c)
        #expect(graph[c].name == "b" && graph[c].layer == "minus")
        #expect(graph.useCount(of: c) == 2)
    }

    @Test func outputsAndStatesAreRedirectedToo() throws {
        var graph = try Graph(parsing: chain)
        let (b, y) = (try value("b", in: graph), try value("y", in: graph))
        _ = graph.addState(TensorType(.float32, [2]), name: "memory")
        graph.setState(0, to: y)
        graph.redirect(y, to: b)
        #expect(graph.outputs.map(\.value) == [b] && graph.outputs[0].name == "y")
        #expect(graph.states[0].output == b)
        #expect(graph.isOutput(b) && !graph.isOutput(y))
    }

    @Test func aNodeReadsOtherValues() throws {
        var graph = try Graph(parsing: chain)
        let (x, a, b) = (
            try value("x", in: graph), try value("a", in: graph), try value("b", in: graph)
        )
        let minus = try #require(graph.producer(of: b))
        graph.setInputs([x], of: minus.id, op: Unary(.exp).op)
        let changed = try #require(graph.producer(of: b))
        #expect(changed.id == minus.id && changed.op == Unary(.exp).op && changed.inputs == [x])
        #expect(changed.layer == "minus" && changed.outputs == [b])
        #expect(graph.users(of: a).map(\.layer) == ["size"])
        #expect(graph.users(of: x).map(\.layer) == ["act", "minus"])
        try graph.verify()
    }

    @Test func whatNothingReadsIsRemovedUpstream() throws {
        var graph = try Graph(parsing: chain)
        let (x, y) = (try value("x", in: graph), try value("y", in: graph))
        let sum = try #require(graph.producer(of: y)).id
        #expect(graph.removeDead(from: sum).isEmpty, "an output is needed")
        graph.redirect(y, to: x)
        let removed = graph.removeDead(from: sum)
        #expect(removed.map(\.layer).sorted() == ["act", "minus", "size", "sum"])
        #expect(graph.nodeCount == 0 && graph.nodes.isEmpty && graph.node(sum) == nil)
        #expect(graph.users(of: x).isEmpty)
    }

    @Test func whatIsStillReadStays() throws {
        var graph = try Graph(parsing: chain)
        let (a, b) = (try value("a", in: graph), try value("b", in: graph))
        let minus = try #require(graph.producer(of: b)).id
        graph.redirect(b, to: a)
        #expect(graph.removeDead(from: minus).map(\.layer) == ["minus"])
        #expect(graph.users(of: a).map(\.layer).sorted() == ["size", "sum"])
        try graph.verify()
    }

    @Test func inputShapesArePropagated() throws {
        var graph = try Graph(
            parsing: """
                input x: float32[1,4]
                constant w: float32[3,4] = fill(1)
                y = fullyConnected(x, w) @layer "dense"
                output y
                """)
        let x = graph.inputs[0].value
        try graph.setInputShapes([x: [7, 4]])
        #expect(graph[graph.outputs[0].value].shape == [7, 3])
        let problem = #expect(throws: Problem.self) { try graph.setInputShapes([x: [7, 5]]) }
        #expect(problem?.layer == "dense")
    }

    @Test func costsCountEachConstantOnce() throws {
        let graph = try Graph(
            parsing: """
                input x: float32[2,4]
                constant w: float32[4,4] = fill(1)
                a = fullyConnected(x, w)
                y = fullyConnected(a, w)
                output y
                """)
        #expect(graph.cost.operations == 2)
        #expect(graph.cost.parameters == 16 && graph.cost.parameterBytes == 64)
        #expect(graph.cost.multiplyAccumulates == 2 * 2 * 4 * 4)
    }
}
