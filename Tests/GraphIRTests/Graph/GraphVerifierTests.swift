import GraphIR
import Problems
import Tensors
import Testing

/// Each invariant of a graph, broken once.
@Suite struct GraphVerifierTests {
    private static let type = TensorType(.float32, [2, 3])
    private static let relu = Unary(.relu).op

    private func expectFault(
        _ graph: Graph, _ part: String, layer: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let problem = #expect(throws: Problem.self, sourceLocation: sourceLocation) {
            try graph.verify(after: "some-pass")
        }
        guard case .invalidGraph(let reason, let pass)? = problem?.kind else {
            Issue.record("\(String(describing: problem))", sourceLocation: sourceLocation)
            return
        }
        #expect(reason.contains(part), sourceLocation: sourceLocation)
        #expect(pass == "some-pass", sourceLocation: sourceLocation)
        #expect(problem?.layer == layer, sourceLocation: sourceLocation)
    }

    @Test func aGraphOfEveryOperationHolds() throws {
        try Graph(parsing: EveryOperation.text).verify()
    }

    @Test func aValueIsMadeBeforeItIsRead() {
        var graph = Graph(name: "late")
        let x = graph.addInput(Self.type, name: "x")
        let (y, z) = (graph.addValue(Self.type, name: "y"), graph.addValue(Self.type, name: "z"))
        graph.addNode(Self.relu, inputs: [y], outputs: [z], layer: "second")
        graph.addNode(Self.relu, inputs: [x], outputs: [y], layer: "first")
        expectFault(graph, "reads 'y' before it is made", layer: "second")
    }

    @Test func aNodeMakesWhatItsOperationInfers() {
        var graph = Graph(name: "types")
        let x = graph.addInput(Self.type, name: "x")
        let y = graph.addValue(TensorType(.float32, [3, 2]), name: "y")
        graph.addNode(Self.relu, inputs: [x], outputs: [y], layer: "act")
        expectFault(graph, "makes", layer: "act")
        graph = Graph(name: "count")
        let input = graph.addInput(Self.type, name: "x")
        let outputs = ["a", "b"].map { graph.addValue(Self.type, name: $0) }
        graph.addNode(Self.relu, inputs: [input], outputs: outputs, layer: "act")
        expectFault(graph, "makes", layer: "act")
    }

    @Test func anOperationAcceptsItsInputs() {
        var graph = Graph(name: "bool")
        let x = graph.addInput(TensorType(.bool, [2]), name: "x")
        let y = graph.addValue(TensorType(.bool, [2]), name: "y")
        graph.addNode(Self.relu, inputs: [x], outputs: [y], layer: "act")
        let problem = #expect(throws: Problem.self) { try graph.verify() }
        #expect(problem?.layer == "act")
    }

    @Test func aValueIsMadeOnce() {
        var graph = Graph(name: "twice")
        let x = graph.addInput(Self.type, name: "x")
        let y = graph.addValue(Self.type, name: "y")
        graph.addNode(Self.relu, inputs: [x], outputs: [y], layer: "first")
        graph.addNode(Self.relu, inputs: [x], outputs: [y], layer: "second")
        expectFault(graph, "'y' is made twice", layer: "second")
        graph = Graph(name: "input")
        let input = graph.addInput(Self.type, name: "x")
        graph.addNode(Self.relu, inputs: [input], outputs: [input], layer: "act")
        expectFault(graph, "'x' is made twice", layer: "act")
    }

    @Test func outputsAreMade() {
        var graph = Graph(name: "nothing")
        graph.addOutput(graph.addValue(Self.type, name: "y"), name: "result")
        expectFault(graph, "output 'result' is never made")
    }

    @Test func constantsHaveTheirType() {
        var graph = Graph(name: "constant")
        _ = graph.addValue(Self.type, name: "c", constant: .filled(1, [3, 2]))
        expectFault(graph, "constant 'c' is not of its type")
    }

    @Test func statesKeepTheirType() throws {
        var graph = Graph(name: "state")
        let state = graph.addState(Self.type, name: "memory")
        try graph.verify()
        let next = graph.addValue(Self.type, name: "next")
        graph.setState(0, to: next)
        expectFault(graph, "state 'memory' does not become")
        graph.addNode(Self.relu, inputs: [state], outputs: [next], layer: "rnn")
        try graph.verify()
        let other = graph.addInput(TensorType(.float32, [2, 4]), name: "x")
        graph.setState(0, to: other)
        expectFault(graph, "state 'memory' does not become")
    }
}
