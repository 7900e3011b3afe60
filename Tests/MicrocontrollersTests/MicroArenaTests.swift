import Microcontrollers
import TFLiteFormat
import Testing

struct MicroArenaTests {
    /// y = relu(relu(x)), 100 floats.
    private var twoActivations: TFLiteModel {
        var model = TFLiteModel()
        let code = model.add(TFLiteOperatorCode(.relu))
        var subgraph = TFLiteSubgraph(inputs: [0], outputs: [2])
        for name in ["x", "a", "y"] {
            _ = subgraph.add(TFLiteTensor(name: name, shape: [1, 100], type: .float32))
        }
        subgraph.operators = [
            TFLiteOperator(opcodeIndex: code, inputs: [0], outputs: [1]),
            TFLiteOperator(opcodeIndex: code, inputs: [1], outputs: [2]),
        ]
        model.subgraphs = [subgraph]
        return model
    }

    @Test func buffersShareMemoryInTurn() throws {
        let arena = try MicroArena(of: twoActivations, on: .init())
        #expect(arena.headByteCount == 2 * 400)
        #expect(arena.byteCount >= arena.headByteCount + arena.tailByteCount)
        #expect(arena.byteCount.isMultiple(of: 16))
        let wide = try MicroArena(of: twoActivations, on: .init(.bits64))
        #expect(wide.headByteCount == arena.headByteCount)
        #expect(wide.tailByteCount > arena.tailByteCount)
    }

    @Test func largestBuffersArePlacedFirst() {
        func buffer(_ size: Int, _ first: Int, _ last: Int) -> BufferTimes.Buffer {
            BufferTimes.Buffer(byteCount: size, first: first, last: last, isPlaced: true)
        }
        let plan = GreedyPlan(
            [buffer(10, 0, 1), buffer(33, 1, 2), buffer(16, 2, 3), buffer(16, 1, 1)], fixed: [])
        #expect(plan.offsets == [64, 0, 48, 48])
        #expect(plan.byteCount == 80)
        #expect(plan.placedCount == 4)
    }

    @Test func fixedPlacesComeFirst() {
        func buffer(_ size: Int, _ first: Int, _ last: Int) -> BufferTimes.Buffer {
            BufferTimes.Buffer(byteCount: size, first: first, last: last, isPlaced: true)
        }
        let plan = GreedyPlan(
            [buffer(64, 0, 1), buffer(16, 1, 2)], fixed: [32, nil])
        #expect(plan.offsets == [32, 0])
        #expect(plan.byteCount == 96)
    }
}

struct PlanSearchTests {
    private func buffer(_ size: Int, _ first: Int, _ last: Int) -> BufferTimes.Buffer {
        BufferTimes.Buffer(byteCount: size, first: first, last: last, isPlaced: true)
    }

    /// The largest tensor first leaves a gap that two others cannot use together.
    @Test func findsAPlanWithoutGaps() {
        let buffers = [
            buffer(64, 0, 1), buffer(48, 1, 2), buffer(80, 2, 3), buffer(32, 3, 4),
            buffer(96, 4, 5), buffer(16, 0, 5), buffer(48, 5, 6), buffer(64, 6, 7),
        ]
        let search = PlanSearch(buffers, tensorCount: buffers.count, unmovable: [])
        #expect(search.byteCount <= search.originalByteCount)
        let places = zip(buffers, search.fixed)
        for (index, (a, offset)) in places.enumerated() {
            for (b, other) in places.dropFirst(index + 1) {
                guard let offset, let other, a.first <= b.last, b.first <= a.last else { continue }
                #expect(offset + a.byteCount <= other || other + b.byteCount <= offset)
            }
        }
    }

    @Test func leavesUnmovableTensorsToTheRuntime() {
        let buffers = (0..<12).map { buffer(16 * (1 + $0 * 7 % 5), $0, $0 + 2) }
        let search = PlanSearch(buffers, tensorCount: 10, unmovable: [3])
        #expect(search.fixed.isEmpty || (search.fixed[3] == nil && search.fixed[10] == nil))
    }
}
