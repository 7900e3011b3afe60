import GraphIR
import Problems
import Tensors
import Testing

@Suite struct TextRoundTripTests {
    @Test func everyOperationIsCovered() throws {
        let graph = try Graph(parsing: EveryOperation.text)
        let covered = Set(graph.nodes.map { type(of: $0.op.payload).name })
        #expect(covered == Set(Op.payloadTypes.map { $0.name }))
    }

    @Test func everyOperationRoundTrips() throws {
        let graph = try Graph(parsing: EveryOperation.text)
        let copy = try Graph(parsing: graph.text)
        #expect(copy.text == graph.text)
        #expect(copy.nodes.map(\.op) == graph.nodes.map(\.op))
        #expect(copy.nodes.map(\.layer) == graph.nodes.map(\.layer))
        #expect(copy.nodes.map(\.createdBy) == graph.nodes.map(\.createdBy))
        #expect(copy.inputs.map(\.name) == ["x", "v in", "i", "s"])
        #expect(copy.outputs.map(\.name) == ["first", "again", "input too", "constant too"])
        for (node, other) in zip(graph.nodes, copy.nodes) {
            for (a, b) in zip(node.inputs + node.outputs, other.inputs + other.outputs) {
                #expect(graph[a].name == copy[b].name)
                #expect(graph[a].layer == copy[b].layer)
                #expect(graph[a].type == copy[b].type)
                let bytes = graph.constant(a)?.tensor().array(of: UInt8.self)
                #expect(bytes == copy.constant(b)?.tensor().array(of: UInt8.self))
            }
        }
    }

    @Test func oddNamesAreKept() throws {
        var graph = Graph(name: "a \"quoted\"\\\nname")
        let x = graph.addInput(.float32(2), name: "größe 1\r")
        let y = graph.addValue(.float32(2), name: "größe 1\r", layer: "\\")
        graph.addNode(.unary(Unary(.exp)), inputs: [x], outputs: [y], layer: "nested/ä \"b\"")
        graph.addOutput(y, name: "")
        let copy = try Graph(parsing: graph.text)
        #expect(copy.name == graph.name)
        #expect(copy[copy.outputs[0].value].name == "größe 1\r")
        #expect(copy[copy.outputs[0].value].layer == "\\")
        #expect(copy.nodes.map(\.layer) == ["nested/ä \"b\""])
        #expect(copy.text == graph.text)
    }

    @Test func bitsOfFloatsAreKept() throws {
        let values: [Float] = [0.1, -0.0, .infinity, .leastNonzeroMagnitude, .pi, 16_777_216]
        for elements in [values, values + [.nan], values + values + values] {
            var graph = Graph(name: "constants")
            let type = TensorType.float32(elements.count)
            let constant = Constant(Tensor(elements, type.shape))
            graph.addOutput(graph.addValue(type, name: "c", constant: constant), name: "c")
            let copy = try Graph(parsing: graph.text)
            let read = copy.constant(copy.outputs[0].value)?.tensor().array(of: Float.self)
            #expect(read?.map(\.bitPattern) == elements.map(\.bitPattern))
        }
    }

    @Test func abbreviatedTextLeavesOutLargeConstants() throws {
        let graph = try Graph(parsing: EveryOperation.text)
        #expect(graph.abbreviatedText.contains("constant w: float32[6,3,3,4] = …"))
        #expect(graph.abbreviatedText.contains("constant b: float32[6] = [1.0, -0.5"))
    }
}
