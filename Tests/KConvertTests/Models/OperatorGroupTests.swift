import Evaluation
import Foundations
import GraphIR
import Interpreter
import Legalize
import TFLiteFormat
import TFLiteLowering
import Targets
import TestSupport
import Tensors
import Testing

/// Nodes that one operator of the file does together.
struct OperatorGroupTests {
    /// The operators of a graph in text form, and whether the file computes what the graph does, exactly.
    private func lowered(
        _ graph: Graph, for target: Target = .liteRT
    ) throws -> (operators: [String], isExact: Bool) {
        var graph = graph
        let inputs = graph.inputs.map { port -> Tensor in
            let shape = graph[port.value].shape.resolvingFree(to: 5)
            return Tensor((0..<shape.elementCount).map { Float($0 * 7 % 31) }, shape)
        }
        let expected = try GraphEvaluator(graph, precision: .reference).run(inputs)
        try Legalize.expand(&graph, for: target)
        let model = try TFLiteLowering.lower(graph, for: target).model
        let session = try LiteModel(bytes: TFLiteWriter.bytes(of: model)).makeSession()
        let found = try session.run(inputs.compactMap { LiteTensor($0) }).map(\.tensor)
        let isExact = zip(found, expected).allSatisfy { Difference($0, $1).relative == 0 }
        return (
            model.subgraphs[0].operators.map { model.name(of: $0) },
            isExact && found.count == expected.count
        )
    }

    private func graph(
        _ type: TensorType, _ body: (GraphBuilder, ValueID) throws -> [ValueID]
    ) rethrows -> Graph {
        let builder = GraphBuilder(name: "g")
        let x = builder.input(type, name: "x")
        builder.layer = "parts"
        for (index, value) in try body(builder, x).enumerated() {
            builder.output(value, name: "y\(index)")
        }
        return builder.graph
    }

    @Test(arguments: [
        ([2, 2, 2], "SPLIT"), ([1, 4, 1], "SPLIT_V"), ([3, 3], "SPLIT"), ([1, 5], "SPLIT_V"),
    ])
    func partsOfAnAxis(sizes: [Int], name: String) throws {
        let graph = try graph(.float32(2, 6, 3)) { builder, x in
            try builder.split(x, axis: 1, sizes: sizes)
        }
        let found = try lowered(graph)
        #expect(found.operators == [name])
        #expect(found.isExact)
    }

    @Test(arguments: [
        (Reduce.Kind.sum, 0.0, "UNSORTED_SEGMENT_SUM"), (.product, 1, "UNSORTED_SEGMENT_PROD"),
        (.max, -Double(Float.greatestFiniteMagnitude), "UNSORTED_SEGMENT_MAX"),
        (.min, Double(Float.greatestFiniteMagnitude), "UNSORTED_SEGMENT_MIN"),
    ])
    func reductionsOfSegments(kind: Reduce.Kind, neutral: Double, name: String) throws {
        // Rows 0 and 3 belong to result 1, row 1 to result 0, row 2 to none; result 2 has no rows.
        func graph(_ flags: [Double], neutral: Double) throws -> Graph {
            try self.graph(.float32(4, 3)) { builder, x in
                let mask = builder.constant(
                    Constant(Constant(flags, [3, 4, 1]).tensor(), as: .bool), role: "mask")
                let parts = try builder.select(mask, x, builder.scalar(neutral, like: x))
                return [try builder.reduce(kind, parts, axes: [1])]
            }
        }
        let flags: [Double] = [0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0]
        let found = try lowered(graph(flags, neutral: neutral))
        #expect(found.operators == [name])
        #expect(found.isExact)
        let shared = try lowered(graph([1, 1, 0, 0] + flags.dropFirst(4), neutral: neutral))
        #expect(!shared.operators.contains(name))
        #expect(shared.isExact)
        let other = try lowered(graph(flags, neutral: 2))
        #expect(!other.operators.contains(name))
        #expect(other.isExact)
    }

    @Test func partsThatLeaveSomethingOutStaySlices() throws {
        let graph = try graph(.float32(2, 6, 3)) { builder, x in
            [
                try builder.slice(x, axis: 1, from: 0, count: 2),
                try builder.slice(x, axis: 1, from: 3, count: 3),
            ]
        }
        let found = try lowered(graph)
        #expect(found.operators == ["SLICE", "SLICE"])
        #expect(found.isExact)
    }

    @Test func indicesOfAnAxis() throws {
        let graph = try graph(.float32(2, 3, 4)) { builder, x in
            try builder.split(x, axis: 1, sizes: [1, 1, 1]).map {
                try builder.squeezeDimension($0, at: 1)
            }
        }
        let found = try lowered(graph)
        #expect(found.operators == ["UNPACK"])
        #expect(found.isExact)
    }

    @Test func valuesAlongANewAxis() throws {
        let graph = try graph(.float32(2, 3)) { builder, x in
            let y = try builder.add(x, x)
            return [
                try builder.stacked([x, y, x], axis: 1), try builder.stacked([y, x], axis: 1),
            ]
        }
        let found = try lowered(graph)
        #expect(found.operators == ["ADD", "PACK", "PACK"])
        #expect(found.isExact)
        let micro = try lowered(graph, for: .micro)
        #expect(micro.operators == ["ADD", "PACK", "PACK"])
        #expect(micro.isExact)
    }

    @Test func denseLayerReadsAnImage() throws {
        let graph = try graph(.float32(2, 3, 4)) { builder, x in
            let filter = builder.constant(
                Constant((0..<24).map { Double($0 % 5) }, [2, 12]), role: "filter")
            return [
                try builder.add(
                    .fullyConnected(FullyConnected()), [builder.reshape(x, [2, 12]), filter])
            ]
        }
        let found = try lowered(graph)
        #expect(found.operators == ["FULLY_CONNECTED"])
        #expect(found.isExact)
        #expect(try lowered(graph, for: .micro).operators == ["RESHAPE", "FULLY_CONNECTED"])
    }

    @Test func lastStepOfAFreeAxis() throws {
        let graph = try graph(.float32(2, Shape.free, 3)) { builder, x in
            let last = try builder.add(
                .boundedSlice(
                    BoundedSlice(
                        begin: [0, -1, 0], end: [BoundedSlice.open, BoundedSlice.open, 2])), [x])
            return [try builder.reshape(last, [2, 2])]
        }
        let found = try lowered(graph)
        #expect(found.operators == ["STRIDED_SLICE"])
        #expect(found.isExact)
    }

    @Test func reversedFreeAxis() throws {
        let graph = try graph(.float32(2, Shape.free, 3)) { builder, x in
            let reversed = try builder.reversed(x, axes: [1])
            return [try builder.slice(reversed, axis: 1, from: 1, count: 2)]
        }
        let found = try lowered(graph)
        #expect(found.operators == ["STRIDED_SLICE"])
        #expect(found.isExact)
    }

    @Test func boundariesThatElementsReach() throws {
        let graph = try graph(.float32(2, 6)) { builder, x in
            let bounds = builder.constant(Constant([1.0, 4, 4, 30], [4]), role: "bounds")
            let reached = try builder.binary(
                .greaterEqual, builder.expandDimension(x, at: 2), bounds)
            let count = try builder.reduce(.sum, builder.cast(reached, to: .float32), axes: [2])
            return [try builder.cast(count, to: .int32)]
        }
        let found = try lowered(graph)
        #expect(found.operators == ["BUCKETIZE"])
        #expect(found.isExact)
    }

    @Test(arguments: [true, false])
    func aBlockTakesThePlaceOfAnother(isWhole: Bool) throws {
        let graph = try graph(.float32(1, 4, 6)) { builder, x in
            let part = try builder.unary(.neg, builder.slice(x, axis: 1, from: 0, count: 2))
            let padded = try builder.pad(part, [.none, PadAmount(1, 1), .none])
            let rows = isWhole ? 1..<3 : 1..<2
            let mask = (0..<24).map { rows.contains($0 / 6) ? UInt8(1) : 0 }
            let isNew = builder.constant(
                Constant(Tensor(dtype: .bool, shape: [1, 4, 6], copying: mask)), role: "mask")
            return [try builder.select(isNew, padded, x)]
        }
        let found = try lowered(graph)
        #expect(
            found.operators
                == ["SLICE", "NEG"] + (isWhole ? ["DYNAMIC_UPDATE_SLICE"] : ["PAD", "SELECT_V2"]))
        #expect(found.isExact)
    }

    @Test(arguments: 0..<60)
    func chainsOfSlicesAndReversals(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let rank = Int.random(in: 1...4, using: &generator)
        let dims = (0..<rank).map { _ in Int.random(in: 1...5, using: &generator) }
        let graph = try graph(TensorType(.float32, Shape(dims))) { builder, x in
            var y = x
            for _ in 0..<Int.random(in: 2...4, using: &generator) {
                let shape = builder.shape(of: y).dims
                if Bool.random(using: &generator) {
                    let axes = shape.indices.filter { _ in Bool.random(using: &generator) }
                    y = try builder.reversed(y, axes: axes)
                } else {
                    let begin = shape.map { Int.random(in: 0..<$0, using: &generator) }
                    let strides = shape.map { _ in Int.random(in: 1...2, using: &generator) }
                    let sizes = shape.indices.map { axis in
                        let most = (shape[axis] - begin[axis] - 1) / strides[axis] + 1
                        return Int.random(in: 1...most, using: &generator)
                    }
                    y = try builder.add(
                        .slice(Slice(begin: begin, sizes: sizes, strides: strides)), [y])
                }
            }
            let kept = builder.shape(of: y).dims.filter {
                $0 != 1 || Bool.random(using: &generator)
            }
            return [try builder.reshape(y, kept)]
        }
        let found = try lowered(graph)
        #expect(found.operators.count <= 2)
        #expect(found.isExact)
    }
}
