import Interpreter
import TFLiteFormat
import Tensors
import Testing

/// The outputs for float x and int32 numbers.
private func run(
    _ session: LiteSession, _ x: [Float], _ numbers: [Int32]
) throws -> [LiteTensor] {
    try session.run([
        LiteTensor(x, shape: [x.count]), LiteTensor(numbers, shape: [numbers.count]),
    ])
}

@Test func shapesFollowFromElementsOfTheRun() throws {
    var builder = ModelBuilder()
    let x = builder.input([6], name: "x")
    let dims = builder.input([2], .int32, name: "dims")
    let positive = builder.tensor([6])
    builder.add(.abs, [x], [positive])
    let doubled = builder.tensor([2], .int32)
    builder.add(.mul, [dims, builder.integers([2, 1])], [doubled], MulOptions())
    let shaped = builder.tensor([-1, -1])
    builder.add(.reshape, [positive, dims], [shaped])
    let y = builder.tensor([-1, -1])
    builder.add(.neg, [shaped], [y])
    let one = builder.constant(Tensor([Float(1)], []))
    let z = builder.tensor([-1, -1])
    builder.add(.fill, [doubled, one], [z])
    let session = try builder.load(outputs: [y, z, positive]).makeSession()
    for shape in [[2, 3], [3, 2], [3, 2], [6, 1]] as [[Int32]] {
        let results = try run(session, [1, -2, 3, -4, 5, -6], shape)
        #expect(results[0].shape == shape.map { Int($0) })
        #expect(try results[0].values() == [-1, -2, -3, -4, -5, -6] as [Float])
        #expect(results[1].shape == [2 * Int(shape[0]), Int(shape[1])])
        #expect(try results[1].values() == [Float](repeating: 1, count: 12))
        #expect(try results[2].values() == [1, 2, 3, 4, 5, 6] as [Float])
        #expect(throws: LiteModelError.self) { try run(session, [1, 2, 3, 4, 5, 6], [4, 4]) }
    }
}

@Test func slicesStartWhereTheRunSays() throws {
    var builder = ModelBuilder()
    let x = builder.input([6], name: "x")
    let start = builder.input([1], .int32, name: "start")
    let part = builder.tensor([2])
    builder.add(.slice, [x, start, builder.integers([2])], [part])
    let end = builder.tensor([1], .int32)
    builder.add(.add, [start, builder.integers([1])], [end], AddOptions())
    let element = builder.tensor([])
    builder.add(
        .stridedSlice, [x, start, end, builder.integers([1])], [element],
        StridedSliceOptions(beginMask: 0, shrinkAxisMask: 1))
    let tail = builder.tensor([-1])
    builder.add(
        .stridedSlice, [x, start, end, builder.integers([1])], [tail],
        StridedSliceOptions(beginMask: 0, endMask: 1))
    let session = try builder.load(outputs: [part, element, tail]).makeSession()
    for start in 0..<5 {
        let results = try run(session, [0, 1, 2, 3, 4, 5], [Int32(start)])
        #expect(try results[0].values() == [Float(start), Float(start + 1)])
        #expect(try results[1].values() == [Float(start)])
        #expect(try results[2].values() == (start..<6).map { Float($0) })
    }
    #expect(throws: LiteModelError.self) { try run(session, [0, 1, 2, 3, 4, 5], [5]) }
}

@Test func aFailedRunLeavesTheSessionUsable() throws {
    var builder = ModelBuilder()
    let x = builder.input([2], name: "x")
    let count = builder.input([1], .int32, name: "count")
    let tail = builder.tensor([-1])
    let one = builder.constant(Tensor([Float(1)], []))
    builder.add(.fill, [count, one], [tail])
    let sum = builder.tensor([2])
    builder.add(.add, [x, tail], [sum], AddOptions())
    let session = try builder.load(outputs: [sum]).makeSession()
    #expect(try run(session, [1, 2], [2])[0].values() == [2, 3] as [Float])
    #expect(try run(session, [1, 2], [1])[0].values() == [2, 3] as [Float])
    #expect(throws: LiteModelError.self) { try run(session, [1, 2], [3]) }
    #expect(try run(session, [4, 2], [2])[0].values() == [5, 3] as [Float])
}
