import GraphIR
import Problems
import Tensors
import Testing

@Suite struct TextRoundTripTests {
    @Test func everyOperationIsCovered() throws {
        let graph = try Graph(parsing: EveryOperation.text)
        let covered = Set(graph.nodes.map { type(of: $0.op.payload).name })
        let withBodies = Set(["loop", "recurrence"])
        #expect(covered == Set(OpKind.allCases.map(\.rawValue)).subtracting(withBodies))
    }

    @Test func everyOperationRoundTrips() throws {
        let graph = try Graph(parsing: EveryOperation.text)
        let copy = try Graph(parsing: graph.text)
        #expect(copy.text == graph.text)
        #expect(copy.nodes.map(\.op) == graph.nodes.map(\.op))
        #expect(copy.nodes.map(\.layer) == graph.nodes.map(\.layer))
        #expect(copy.nodes.map(\.createdBy) == graph.nodes.map(\.createdBy))
        #expect(copy.inputs.map(\.name) == ["x", "v in", "i", "q", "seq", "s"])
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

    @Test func loopsAndStatesRoundTrip() throws {
        let graph = try Graph(
            parsing: """
                graph "loops"
                input x: float32[2,5,3]
                state h: float32[2,1,3] "kept" @port "layer/state0"
                body outer
                input part: float32[2,1,3]
                input before: float32[2,1,3]
                body inner
                input part: float32[2,1,3]
                input before: float32[2,1,3]
                sum = add(part, before)
                output sum "state"
                end
                twice = loop(part, before) {body: inner, sequenceCount: 1}
                changed = relu(twice)
                output changed "state"
                output part "output"
                end
                after, all = loop(x, h, x) {body: outer, sequenceCount: 1}
                output all "y"
                keep h after
                """)
        let copy = try Graph(parsing: graph.text)
        #expect(copy.text == graph.text)
        #expect(copy.states.map(\.name) == ["layer/state0"])
        #expect(copy.states.map { copy[$0.input].name } == ["kept"])
        #expect(copy.states.map { copy[$0.output].name } == ["after"])
        guard case .loop(let loop)? = copy.nodes.first?.op else {
            Issue.record("no loop")
            return
        }
        #expect(loop.body.graph.nodes.map(\.op.name) == ["loop", "unary"])
        #expect(throws: Problem.self) { try Graph(parsing: "body a\ninput x: float32[1]") }
        #expect(throws: Problem.self) { try Graph(parsing: "input x: float32[1]\nkeep x x") }
    }

    @Test func stepsOfRecurrencesAreKept() throws {
        let graph = try Graph(
            parsing: """
                input x: float32[2,5,3]
                input m: bool[2,5]
                body step
                input part: float32[?,1,3]
                input before: float32[?,1,3]
                doubled = add(part, part)
                after = add(doubled, before)
                output after "state"
                end
                all, last, state = recurrence(x, m) {step: step, projectionCount: 1, outputState: 0, hasMask: true}
                output all "y"
                output state "state"
                """)
        #expect(graph[graph.outputs[0].value].type == .float32(2, 5, 3))
        #expect(graph[graph.outputs[1].value].type == .float32(2, 3))
        let copy = try Graph(parsing: graph.text)
        #expect(copy.text == graph.text)
        guard case .recurrence(let recurrence)? = copy.nodes.first?.op else {
            Issue.record("no recurrence")
            return
        }
        #expect(recurrence.hasMask && !recurrence.zeroesMaskedOutputs)
        #expect(recurrence.cell.projectionCount == 1)
        #expect(recurrence.cell.step.nodes.count == 2)
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
