import GraphIR
import Problems
import Tensors
import Testing

@Suite struct StorageTextTests {
    private static let text = """
        graph "g"
        input x: float32[1,3] @stored int8(0.5:3)
        constant w: float32[2,3] @stored int8(0.5:0, 0.25:0) axis 0 = fill(1)
        constant b: float32[2] @stored float16 = fill(2)
        y = fullyConnected(x, w, b) : float32[1,2] @layer "dense" @stored uint8(1e-05:128)
        output y "y"

        """

    @Test func storagesRoundTrip() throws {
        let graph = try Graph(parsing: Self.text)
        let node = try #require(graph.nodes.first)
        #expect(
            graph[node.output].storage
                == .integer(
                    bits: 8, isSigned: false, QuantizationParameters(scale: 1e-5, zeroPoint: 128)))
        #expect(
            graph[node.inputs[1]].storage
                == .integer(
                    bits: 8, isSigned: true,
                    QuantizationParameters(scales: [0.5, 0.25], zeroPoints: [0, 0], axis: 0)))
        #expect(graph[node.inputs[2]].storage == .float16)
        let copy = try Graph(parsing: graph.text)
        #expect(copy.text == graph.text)
        #expect(copy.values.map(\.storage) == graph.values.map(\.storage))
    }

    @Test func aStorageFitsItsValue() throws {
        for storage in ["int8(0:0)", "int8(1:200)", "int8(1:0, 1:0) axis 1", "int7(1:0)"] {
            let problem = #expect(throws: Problem.self) {
                try Graph(parsing: "input x: float32[2,3] @stored \(storage)").verify()
            }
            #expect(problem?.description.contains("cannot be stored") == true, "\(storage)")
        }
    }
}
