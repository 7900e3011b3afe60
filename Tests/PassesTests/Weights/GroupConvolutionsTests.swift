import GraphIR
import Passes
import Tensors
import Testing

struct GroupConvolutionsTests {
    private func graph(seed: UInt64, outputs: Int, channels: Int, groups: Int) throws -> Graph {
        var graph = WeightGraph([1, 16, 17, channels], seed: seed)
        let filter: Shape = [outputs, graph.pick([1, 2, 3]), graph.pick([2, 3]), channels]
        var elements = graph.numbers(filter.elementCount)
        for index in elements.indices {
            let (output, channel) = (index / filter.strides[0], index % channels)
            if output / (outputs / groups) != channel / (channels / groups) { elements[index] = 0 }
        }
        try graph.add(
            graph.convolution().op, (filter, elements), ([outputs], graph.numbers(outputs)))
        return graph.finished()
    }

    @Test(arguments: 0..<10, [(32, 32, 32), (64, 32, 32), (64, 64, 2), (96, 48, 3)])
    func blocksAreGroups(seed: Int, counts: (outputs: Int, channels: Int, groups: Int)) throws {
        let graph = try graph(
            seed: UInt64(seed), outputs: counts.outputs, channels: counts.channels,
            groups: counts.groups)
        let result = try Rewriting(graph, GroupConvolutions())
        let isDepthwise = counts.groups == counts.channels
        #expect(result.operations == [isDepthwise ? "depthwiseConv2D" : "conv2D"])
        #expect(try result.relativeError() < roundingTolerance)
        let before = graph.values.compactMap(\.constant).map(\.shape.elementCount).max() ?? 0
        let after = result.after.nodes[0].inputs[1]
        #expect(result.after[after].shape.elementCount == before / counts.groups)
    }

    @Test func oneElementBetweenBlocksKeepsThemTogether() throws {
        var graph = WeightGraph([1, 16, 16, 32], seed: 3)
        var elements = (0..<9216).map { (place: Int) -> Double in
            place / 288 == place % 32 ? 1 : 0
        }
        elements[5 * 288 + 7] = 0.5
        try graph.add(Conv2D().op, ([32, 3, 3, 32], elements))
        let result = try Rewriting(graph.finished(), GroupConvolutions())
        let filter = result.after.nodes[0].inputs[1]
        #expect(result.after[filter].shape.elementCount > 32 * 9)
        #expect(try result.relativeError() < roundingTolerance)
    }
}
