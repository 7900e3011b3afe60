import Foundations
import GraphIR
import TestSupport
import Testing

@Suite struct NodeOrderTests {
    /// Adds and removes nodes at random places and compares the running order with that of an array.
    @Test func orderIsThatOfAnArray() throws {
        var generator = SplitMix64(seed: 11)
        var graph = Graph(name: "order")
        let x = graph.addInput(.float32(1), name: "x")
        var expected: [NodeID] = []
        for step in 0..<2_000 {
            if step % 3 == 2, let victim = expected.randomElement(using: &generator) {
                graph.removeNode(victim)
                graph.removeNode(victim)
                expected.removeAll { $0 == victim }
                continue
            }
            let position = Int.random(in: 0...expected.count, using: &generator)
            let successor = position < expected.count ? expected[position] : nil
            let y = graph.addValue(.float32(1), name: "y\(step)")
            let id = graph.addNode(
                Unary(.exp).op, inputs: [x], outputs: [y], layer: "", before: successor)
            expected.insert(id, at: position)
        }
        #expect(graph.nodeIDs == expected)
        #expect(graph.nodes.map(\.id) == expected)
        #expect(graph.nodeCount == expected.count)
    }

    @Test func aNodeBeforeARemovedOneComesLast() throws {
        var graph = Graph(name: "order")
        let x = graph.addInput(.float32(1), name: "x")
        let ids = (0..<2).map { index in
            let y = graph.addValue(.float32(1), name: "y\(index)")
            return graph.addNode(Unary(.exp).op, inputs: [x], outputs: [y], layer: "")
        }
        graph.removeNode(ids[0])
        let z = graph.addValue(.float32(1), name: "z")
        let last = graph.addNode(
            Unary(.exp).op, inputs: [x], outputs: [z], layer: "", before: ids[0])
        #expect(graph.nodeIDs == [ids[1], last])
        #expect(throws: (any Error).self) { try graph.setOp(Unary(.abs).op, of: ids[0]) }
    }
}
