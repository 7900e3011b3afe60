import GraphIR
import Passes
import Tensors
import Testing

/// Linear layers that are multiplied with each other, or computed side by side.
struct MergeLayersTests {
    @Test(arguments: 0..<20) func denseLayersInARow(seed: Int) throws {
        var graph = WeightGraph([3, 5, 24], seed: UInt64(seed))
        try graph.add(
            FullyConnected().op, ([32, 24], graph.numbers(768)), ([32], graph.numbers(32)))
        try graph.add(FullyConnected(activation: .relu).op, ([8, 32], graph.numbers(256)))
        let result = try Rewriting(graph.finished(), MergeLinearLayers())
        #expect(result.operations == ["fullyConnected"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: 0..<30) func convolutionsInARow(seed: Int) throws {
        var graph = WeightGraph([2, 12, 13, 8], seed: UInt64(seed))
        var first = graph.convolution()
        first.activation = .none
        let isLast = graph.pick([true, false])
        if isLast {
            try graph.add(
                first.op, ([24, 3, 2, 8], graph.numbers(24 * 48)), ([24], graph.numbers(24)))
            try graph.add(
                Conv2D(activation: .relu6).op, ([6, 1, 1, 24], graph.numbers(144)),
                ([6], graph.numbers(6)))
        } else {
            try graph.add(
                Conv2D().op, ([24, 1, 1, 8], graph.numbers(192)), ([24], graph.numbers(24)))
            try graph.add(first.op, ([24, 3, 2, 24], graph.numbers(24 * 6 * 24)))
        }
        let result = try Rewriting(graph.finished(), MergeLinearLayers())
        let mayMerge = isLast || first.padding == .valid
        #expect(result.operations.count == (mayMerge ? 1 : 2))
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func bottlenecksStay() throws {
        var graph = WeightGraph([1, 512], seed: 1)
        try graph.add(FullyConnected().op, ([4, 512], graph.numbers(2048)))
        try graph.add(FullyConnected().op, ([512, 4], graph.numbers(2048)))
        #expect(try Rewriting(graph.finished(), MergeLinearLayers()).operations.count == 2)
    }

    @Test func siblingsAreOneLayer() throws {
        let result = try Rewriting(
            """
            input x: float32[2,6,6,4]
            constant a: float32[3,2,2,4] = random(1)
            constant b: float32[5,2,2,4] = random(2)
            constant c: float32[2,1,1,4] = random(3)
            constant k: float32[5] = random(4)
            p = conv2D(x, a) {activation: relu}
            q = conv2D(x, b, k) {activation: relu}
            r = conv2D(x, c) {activation: relu}
            s = slice(r) {begin: [0, 0, 0, 0], sizes: [2, 5, 5, 2], strides: [1, 1, 1, 1]}
            y = concatenate(p, q, s) {axis: 3}
            output y
            """, MergeSiblingLayers())
        #expect(
            result.operations == ["conv2D", "conv2D", "slice", "concatenate"]
                || result.operations == ["conv2D", "slice", "conv2D", "concatenate"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: ["{axis: 2}", "{axis: 1}"])
    func layersOfOtherAttributesStay(axis: String) throws {
        let result = try Rewriting(
            """
            input x: float32[2,6,4]
            constant a: float32[3,4] = random(1)
            constant b: float32[3,4] = random(2)
            p = fullyConnected(x, a)
            q = fullyConnected(x, b) {activation: relu}
            y = concatenate(p, q) \(axis)
            output y
            """, MergeSiblingLayers())
        #expect(result.report.firings == 0)
    }
}
