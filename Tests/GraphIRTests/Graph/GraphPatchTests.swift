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
        let writer = PatchWriter(for: doubled, in: graph)
        let sum = try writer.add(x, x)
        #expect(writer.type(of: sum) == graph[doubled.output].type)
        var changed = graph
        let (added, removed) = try changed.apply(
            writer.replacing(doubled, by: sum), pass: "some-pass")
        #expect(added == 1 && removed == 1)
        #expect(changed.nodes.map(\.op) == [Binary(.add).op, Unary(.neg).op])
        #expect(changed.nodes[0].createdBy == "some-pass" && changed.nodes[0].layer == "double")
        #expect(changed[changed.nodes[0].output].name == "d")
        #expect(changed[changed.nodes[0].output].layer == "double")
        try changed.verify()
    }

    @Test func constantsArriveWithThePatch() throws {
        let patch = try GraphPatch(replacing: doubled, in: graph) { writer in
            let three = writer.constant(.filled(3, []), inPlaceOf: doubled.inputs[1])
            return try writer.multiply(x, writer.multiply(three, writer.scalar(2, like: x)))
        }
        var changed = graph
        try changed.apply(#require(patch), pass: "some-pass")
        let factors = changed.nodes[0].inputs.map { changed[$0] }
        #expect(factors.map { $0.constant?.doubles() } == [[3], [2]])
        #expect(factors.map(\.name) == ["two", "double/scalar"])
        try changed.verify()
    }

    @Test func aPatchMayOnlyRemove() throws {
        var unread = graph
        let extra = unread.addValue(graph[x].type, name: "extra")
        let node = unread.addNode(Unary(.abs).op, inputs: [x], outputs: [extra], layer: "unread")
        let (added, removed) = try unread.apply(
            GraphPatch(removing: node), pass: "some-pass")
        #expect(added == 0 && removed == 1 && unread.nodeCount == 2)
    }

    @Test func whatIsReadIsNotRemoved() throws {
        var changed = graph
        let (_, removed) = try changed.apply(
            GraphPatch(removing: doubled.id), pass: "some-pass")
        #expect(removed == 0 && changed.nodeCount == 2)
    }

    @Test func typesDoNotChange() throws {
        let patch = try GraphPatch(replacing: doubled, in: graph) {
            try $0.add(x, $0.constant(.filled(1, [3, 1]), role: "c"))
        }
        expectRefusal(try #require(patch), "changes from float32[2] to float32[3,2]")
    }

    @Test func aPatchDoesSomething() throws {
        expectRefusal(GraphPatch([]), "replaces nothing")
        expectRefusal(GraphPatch([(x, doubled.output)]), "replaces nothing")
    }

    @Test func newNodesAreChecked() {
        let writer = PatchWriter(for: doubled, in: graph)
        let own = #expect(throws: Problem.self) { try writer.unary(.logicalNot, x) }
        #expect(own?.layer == "double")
        let other = #expect(throws: Problem.self) {
            try writer.add(Unary(.logicalNot).op, [x], layer: "not")
        }
        #expect(other?.layer == "not" && writer.layer == "double")
    }

    @Test func aBodyWithoutValueMakesNoPatch() {
        let patch = GraphPatch(replacing: doubled, in: graph) { _ in nil }
        #expect(patch == nil)
    }
}
