import GraphIR
import Passes
import Tensors
import Testing

struct CropKernelsTests {
    @Test(arguments: 0..<150) func zeroBordersGo(seed: Int) throws {
        var graph = WeightGraph([1, 24, 25, 16], seed: UInt64(seed))
        let (height, width) = (graph.pick([1, 3, 5]), graph.pick([2, 3, 4]))
        let (top, left) = (graph.pick([0, 1, 2]), graph.pick([0, 1]))
        let rows =
            min(top, height - 1)..<max(height - graph.pick([0, 1, 2]), min(top, height - 1) + 1)
        let columns =
            min(left, width - 1)..<max(width - graph.pick([0, 1]), min(left, width - 1) + 1)
        let isDepthwise = graph.pick([false, true])
        let filter: Shape = isDepthwise ? [1, height, width, 16] : [24, height, width, 16]
        var elements = graph.numbers(filter.elementCount)
        for index in elements.indices
        where !rows.contains(index / (width * 16) % height) || !columns.contains(index / 16 % width)
        {
            elements[index] = 0
        }
        let shape = graph.convolution()
        let depthwise = DepthwiseConv2D(
            strides: shape.strides, dilations: shape.dilations, padding: shape.padding,
            activation: shape.activation)
        let count = isDepthwise ? 16 : 24
        try graph.add(
            isDepthwise ? depthwise.op : shape.op, (filter, elements),
            ([count], graph.numbers(count)))
        let result = try Rewriting(graph.finished(), CropKernels(), MergePads(), RemoveIdentities())
        #expect(try result.relativeError() < roundingTolerance)
        let last = try #require(result.after.nodes.last)
        let kept = result.after[last.inputs[1]].shape
        let isCropped = kept[1] == rows.count && kept[2] == columns.count
        let staysSame = shape.padding == .same && result.after.nodeCount == 1
        #expect(isCropped || !staysSame || kept == filter)
    }

    @Test func theMiddleOfAWindowIsAPoint() throws {
        for padding in [Padding.same, .valid] {
            var graph = WeightGraph([1, 32, 32, 32], seed: 5)
            var elements = [Double](repeating: 0, count: 32 * 9 * 32)
            for output in 0..<32 {
                elements.replaceSubrange(
                    output * 288 + 128..<output * 288 + 160, with: graph.numbers(32))
            }
            try graph.add(Conv2D(padding: padding).op, ([32, 3, 3, 32], elements))
            let result = try Rewriting(graph.finished(), CropKernels())
            #expect(result.operations == (padding == .same ? ["conv2D"] : ["slice", "conv2D"]))
            let last = try #require(result.after.nodes.last)
            #expect(result.after[last.inputs[1]].shape == [32, 1, 1, 32])
            #expect(try result.relativeError() < roundingTolerance)
        }
    }

    @Test func freeExtentsStaySame() throws {
        var graph = WeightGraph([1, Shape.free, Shape.free, 4], seed: 6)
        var elements = [Double](repeating: 0, count: 4 * 9 * 4)
        for output in 0..<4 { elements[output * 36 + 16] = 1 }
        try graph.add(Conv2D(padding: .same).op, ([4, 3, 3, 4], elements))
        let result = try Rewriting(graph.finished(), CropKernels())
        #expect(result.after[result.after.nodes[0].inputs[1]].shape == [4, 1, 1, 4])
    }
}
