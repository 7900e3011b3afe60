import GraphIR
import Passes
import Tensors
import Testing

/// Channels that are constant, not read, or there twice.
struct ChannelTests {
    /// Two layers with something in between, and filters that `change` is applied to.
    private func graph(
        seed: UInt64,
        _ change: (_ first: inout [[Double]], _ bias: inout [Double], _ window: inout [[Double]]) ->
            Void
    ) throws -> (graph: Graph, kind: Int) {
        var graph = WeightGraph([2, 9, 8, 3], seed: seed)
        let kind = graph.pick([0, 1, 2, 3, 4])
        var first = (0..<6).map { _ in graph.numbers(4 * 3) }
        var bias = graph.numbers(6)
        var windows = (0..<6).map { _ in graph.numbers(9) }
        change(&first, &bias, &windows)
        try graph.add(
            Conv2D(padding: graph.pick([.same, .valid])).op,
            ([6, 2, 2, 3], first.flatMap { $0 }), ([6], bias))
        try graph.add(graph.pick([Unary(.relu).op, Unary(.tanh).op, Unary(.sigmoid).op]))
        switch kind {
        case 0:
            try graph.add(
                DepthwiseConv2D(padding: graph.pick([.same, .valid])).op,
                ([1, 3, 3, 6], (0..<9).flatMap { tap in windows.map { $0[tap] } }),
                ([6], graph.numbers(6)))
        case 1:
            try graph.add(
                Pool2D(kind: .max, window: Size2D(2, 2), strides: Size2D(2, 2), padding: .same).op)
        case 2: try graph.add(Pad([.none, PadAmount(1, 1), PadAmount(0, 1), .none]).op)
        case 3: try graph.add(Reduce(.mean, axes: [1, 2], keepDimensions: false).op)
        default: break
        }
        if kind == 3 {
            try graph.add(
                FullyConnected().op, ([5, 6], graph.numbers(30)), ([5], graph.numbers(5)))
        } else if kind == 4 {
            let count = graph.shape.dims.dropFirst().reduce(1, *)
            try graph.add(Reshape([2, count]).op)
            try graph.add(FullyConnected().op, ([5, count], graph.numbers(5 * count)))
        } else {
            try graph.add(
                Conv2D(padding: graph.pick([.same, .valid])).op,
                ([5, 3, 3, 6], graph.numbers(5 * 54)))
        }
        return (graph.finished(), kind)
    }

    private func channels(_ result: Rewriting) -> Int {
        result.after[result.after.nodes[0].output].shape[3]
    }

    @Test(arguments: 0..<100) func zeroFilters(seed: Int) throws {
        let (graph, kind) = try graph(seed: UInt64(seed)) { first, bias, windows in
            first[1] = first[1].map { _ in 0 }
            first[4] = first[4].map { _ in 0 }
            bias[4] = 0
            windows[2] = windows[2].map { _ in 0 }
        }
        let result = try Rewriting(graph, RemoveDeadChannels())
        #expect(try result.relativeError() < roundingTolerance)
        #expect(channels(result) <= 6)
        if kind == 3 || kind == 4 { #expect(channels(result) == 4) }
    }

    @Test func zeroFiltersOfAll() throws {
        let (graph, _) = try graph(seed: 9) { first, bias, _ in
            first = first.map { $0.map { _ in 0 } }
            bias = bias.map { _ in 0 }
        }
        let result = try Rewriting(graph, RemoveDeadChannels())
        #expect(channels(result) >= 1)
        #expect(try result.relativeError() == 0)
    }

    @Test func channelsThatNobodyReads() throws {
        var graph = WeightGraph([1, 8, 8, 4], seed: 1)
        try graph.add(Conv2D().op, ([6, 3, 3, 4], graph.numbers(6 * 36)), ([6], graph.numbers(6)))
        try graph.add(Unary(.sigmoid).op)
        let weights = (0..<270).map { (place: Int) -> Double in
            place % 6 == 2 ? 0 : Double(place % 11) - 5
        }
        try graph.add(Conv2D(padding: .same).op, ([5, 3, 3, 6], weights))
        let result = try Rewriting(graph.finished(), RemoveDeadChannels())
        #expect(channels(result) == 5)
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: 0..<100) func equalFilters(seed: Int) throws {
        let (graph, kind) = try graph(seed: UInt64(seed)) { first, bias, windows in
            (first[3], bias[3], windows[3]) = (first[0], bias[0], windows[0])
            (first[5], bias[5]) = (first[1], bias[1])
        }
        let result = try Rewriting(graph, MergeDuplicateChannels())
        // A depthwise convolution between them has biases of its own.
        #expect(channels(result) == (kind == 0 ? 6 : 4))
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: 0..<5) func othersStay(seed: Int) throws {
        let (graph, _) = try graph(seed: UInt64(seed)) { _, _, _ in }
        let result = try Rewriting(graph, RemoveDeadChannels(), MergeDuplicateChannels())
        #expect(channels(result) == 6)
        #expect(result.report.firings == 0)
    }
}
