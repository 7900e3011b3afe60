import GraphIR
import Problems
import Tensors
import Testing

/// A patch changes what it says and nothing else; one that changes a type or nothing is refused.
@Suite struct GraphPatchTests {
    private let graph: Graph
    private let x: ValueID
    private let doubled: Node

    init() throws {
        graph = try Graph(
            parsing: """
                input x: float32[2]
                constant two: float32[] = [2.0]
                d = multiply(x, two) @layer "double"
                y = neg(d) @layer "minus"
                output y
                """)
        x = graph.inputs[0].value
        doubled = try #require(graph.nodes.first)
    }

    private func expectRefusal(_ patch: GraphPatch, _ part: String) {
        var copy = graph
        let problem = #expect(throws: Problem.self) { try copy.apply(patch, pass: "some-pass") }
        guard case .invalidGraph(let reason, "some-pass")? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(reason.contains(part))
    }

    @Test func aReplacementStandsWhereItsProducerStood() throws {
        var patch = GraphPatch(for: graph)
        let sum = try patch.add(Binary(.add).op, [x, x], layer: "double")
        #expect(try patch.type(of: sum) == graph[doubled.output].type)
        patch.replace(doubled.output, with: sum)
        var changed = graph
        let (added, removed) = try changed.apply(patch, pass: "some-pass")
        #expect(added == 1 && removed == 1)
        #expect(changed.nodes.map(\.op) == [Binary(.add).op, Unary(.neg).op])
        #expect(changed.nodes[0].createdBy == "some-pass" && changed.nodes[0].layer == "double")
        #expect(changed[changed.nodes[0].output].name == "d")
        #expect(changed[changed.nodes[0].output].layer == "double")
        try changed.verify()
    }

    @Test func constantsArriveWithThePatch() throws {
        var patch = GraphPatch(for: graph)
        let three = patch.constant(.filled(3, []), name: "three")
        let product = try patch.add(Binary(.multiply).op, [x, three], layer: "double")
        patch.replace(doubled.output, with: product)
        var changed = graph
        try changed.apply(patch, pass: "some-pass")
        #expect(changed.constant(changed.nodes[0].inputs[1])?.doubles() == [3])
        try changed.verify()
    }

    @Test func aPatchMayOnlyRemove() throws {
        var unread = graph
        let extra = unread.addValue(graph[x].type, name: "extra")
        let node = unread.addNode(Unary(.abs).op, inputs: [x], outputs: [extra], layer: "unread")
        var patch = GraphPatch(for: unread)
        patch.remove(node)
        let (added, removed) = try unread.apply(patch, pass: "some-pass")
        #expect(added == 0 && removed == 1 && unread.nodeCount == 2)
    }

    @Test func whatIsReadIsNotRemoved() throws {
        var patch = GraphPatch(for: graph)
        patch.remove(doubled.id)
        var changed = graph
        let (_, removed) = try changed.apply(patch, pass: "some-pass")
        #expect(removed == 0 && changed.nodeCount == 2)
    }

    @Test func typesDoNotChange() throws {
        var patch = GraphPatch(for: graph)
        let wide = try patch.add(
            Binary(.add).op, [x, patch.constant(.filled(1, [3, 1]), name: "c")], layer: "")
        patch.replace(doubled.output, with: wide)
        expectRefusal(patch, "changes from float32[2] to float32[3,2]")
    }

    @Test func aPatchDoesSomething() throws {
        expectRefusal(GraphPatch(for: graph), "replaces nothing")
        var patch = GraphPatch(for: graph)
        patch.replace(x, with: doubled.output)
        expectRefusal(patch, "replaces nothing")
    }

    @Test func newNodesAreChecked() {
        var patch = GraphPatch(for: graph)
        let problem = #expect(throws: Problem.self) {
            try patch.add(Unary(.logicalNot).op, [x], layer: "not")
        }
        #expect(problem?.layer == "not")
    }
}
