import Dispatch
import Foundation
import Interpreter
import TFLiteFormat
import TestSupport
import Tensors
import Testing

/// A file that adds its input to a variable of its own and returns the sum.
private func accumulator() throws -> [UInt8] {
    var builder = ModelBuilder()
    let x = builder.input([1, 1, 2], name: "x")
    let state = builder.tensor([1, 2], name: "state")
    builder.graph[state].isVariable = true
    let identity = Tensor([Float(1), 0, 0, 1], [2, 2])
    let kernels = (0..<2).map { _ in builder.constant(identity) }
    let bias = builder.constant(Tensor([Float(0), 0], [2]))
    let y = builder.tensor([1, 1, 2], name: "y")
    builder.add(
        .unidirectionalSequenceRNN, [x] + kernels + [bias, state], [y],
        SequenceRNNOptions(isTimeMajor: false))
    return try builder.bytes(outputs: [y])
}

private func recorded(_ name: String) -> String { Repository.testdata("tflite/\(name).tflite") }

@Test func variablesBelongToSessions() throws {
    let model = try LiteModel(bytes: accumulator())
    let x = try LiteTensor([Float(1), 2], shape: [1, 1, 2])
    let (first, second) = (try model.makeSession(), try model.makeSession())
    #expect(try first.run([x])[0].values() == [1, 2] as [Float])
    #expect(try first.run([x])[0].values() == [2, 4] as [Float])
    #expect(try second.run([x])[0].values() == [1, 2] as [Float])
    first.resetVariables()
    #expect(try first.run([x])[0].values() == [1, 2] as [Float])
}

@Test func recordsDoNotDependOnEachOther() throws {
    let model = try LiteModel(bytes: accumulator())
    let batch = try LiteTensor([Float](repeating: 3, count: 14), shape: [7, 1, 2])
    for _ in 0..<3 {
        let result = try model.predict([batch])[0]
        #expect(result.shape == [7, 1, 2])
        #expect(try result.values() == [Float](repeating: 3, count: 14))
    }
}

@Test func namedVariablesBelongToSessionsAndReset() throws {
    let model = try LiteModel(contentsOf: recorded("functions/variable"))
    let x = try LiteTensor([Float](repeating: 1, count: 6), shape: [2, 3])
    let session = try model.makeSession()
    #expect(try session.run([x])[0].values() == [Float](repeating: 3, count: 6))
    #expect(try session.run([x])[0].values() == [Float](repeating: 5, count: 6))
    #expect(
        try model.makeSession().run([x])[0].values() == [Float](repeating: 3, count: 6))
    session.resetVariables()
    #expect(try session.run([x])[0].values() == [Float](repeating: 3, count: 6))
    #expect(try model.predict([x])[0].values() == [Float](repeating: 3, count: 6))
    #expect(try model.predict([x])[0].values() == [Float](repeating: 3, count: 6))
}

@Test func threadsKeepTheirVariablesAndShapesApart() throws {
    let stateful = try LiteModel(bytes: accumulator())
    let network = try LiteModel(bytes: smallNetwork())
    let records = images(8)
    let expected = try records.map { try network.predictSingle($0) }
    nonisolated(unsafe) let mismatches = UnsafeMutablePointer<Int>.allocate(capacity: 8)
    mismatches.initialize(repeating: 0, count: 8)
    defer { mismatches.deallocate() }
    DispatchQueue.concurrentPerform(iterations: 8) { index in
        do {
            let (own, other) = (try stateful.makeSession(), try network.makeSession())
            for round in 1...40 {
                let x = try LiteTensor([Float(index), 1], shape: [1, 1, 2])
                let sum: [Float] = try own.run([x])[0].values()
                if sum != [Float(index * round), Float(round)] { mismatches[index] += 1 }
                let size = 1 + (index + round) % 6
                let batch = try LiteTensor(
                    (0..<size).flatMap { _ in records[index] }, shape: [size, 6, 6, 2])
                let result: [Float] = try other.run([batch])[0].values()
                let last = result.suffix(3)
                if zip(last, expected[index]).contains(where: { abs($0 - $1) > 1e-6 }) {
                    mismatches[index] += 1
                }
            }
        } catch {
            mismatches[index] += 1000
        }
    }
    #expect((0..<8).map { mismatches[$0] } == [Int](repeating: 0, count: 8))
}

@Test func resizingBackAndForthGivesTheSame() throws {
    let session = try LiteModel(bytes: smallNetwork()).makeSession()
    let image = try LiteTensor(images(1)[0], shape: [1, 6, 6, 2])
    let first: [Float] = try session.run([image])[0].values()
    for size in [3, 1, 7, 2, 9, 5, 3, 1] {
        try session.resizeInput(named: "x", to: [size, 6, 6, 2])
        #expect(session.inputShapes == [[size, 6, 6, 2]])
        let batch = try LiteTensor(images(size).flatMap { $0 }, shape: [size, 6, 6, 2])
        let result: [Float] = try session.run([batch])[0].values()
        #expect(zip(result, first).allSatisfy { abs($0 - $1) < 1e-6 })
    }
}

@Test func buffersAreReachedInPlace() throws {
    let model = try LiteModel(bytes: smallNetwork())
    let session = try model.makeSession()
    let image = images(2)[1]
    for _ in 0..<3 {
        try session.withInput(0, of: Float.self) { elements in
            for (index, value) in image.enumerated() { elements[index] = value }
        }
        try session.invoke()
        let scores = try session.withOutput(0, of: Float.self) { Array($0) }
        #expect(try scores == model.predictSingle(image))
        let size = try session.withOutputBytes(0) { $0.count }
        #expect(size == 12)
    }
    #expect(throws: LiteModelError.self) { try session.withInput(0, of: Int32.self) { _ in } }
    #expect(throws: LiteModelError.self) { try session.withOutput(1, of: Float.self) { _ in } }
}

@Test func recordsByNameTakeAnyNumberOfInputs() throws {
    var builder = ModelBuilder()
    let a = builder.input([1, 2], name: "a")
    let ids = builder.input([1, 1], .int32, name: "ids")
    let table = builder.constant(Tensor((0..<6).map { Float($0 * 10) }, [3, 2]))
    let rows = builder.tensor([1, 1, 2])
    builder.add(.gather, [table, ids], [rows], GatherOptions(axis: 0))
    let flat = builder.tensor([1, 2])
    builder.add(.reshape, [rows, builder.integers([1, 2])], [flat])
    let sum = builder.tensor([1, 2], name: "sum")
    builder.add(.add, [a, flat], [sum], AddOptions())
    let model = try builder.load(outputs: [sum, flat])
    let results = try model.predict([
        ["a": [1, 2], "ids": [2]], ["a": [3, 4], "ids": [0]], ["a": [5, 6], "ids": [1]],
    ])
    #expect(results.map { $0["sum"] } == [[41, 52], [3, 14], [25, 36]])
    #expect(try model.predictSingle(["a": [0, 1], "ids": [1]])["sum"] == [20, 31])
    #expect(throws: LiteModelError.self) { try model.predictSingle(["a": [0, 1]]) }
    #expect(throws: LiteModelError.self) { try model.predictSingle(["a": [0], "ids": [1]]) }
}

@Test func filesAreLoadedFromURLs() throws {
    let url = URL(filePath: recorded("operators/sign"))
    let model = try LiteModel(contentsOf: url)
    #expect(model.inputs.count == 1)
    #expect(try LiteModel(data: Data(contentsOf: url)).inputs == model.inputs)
}

@Test func floatsAreRoundedForIntegerWeights() throws {
    var builder = ModelBuilder()
    let x = builder.input([1, 2], name: "x")
    let weights = builder.constant(
        Tensor(dtype: .int8, shape: [2, 2], copying: [1, -2, 3, 4] as [Int8]))
    builder.graph[weights].quantization = TFLiteQuantization(
        scale: [0.5, 0.25], zeroPoint: [0, 0])
    let y = builder.tensor([1, 2])
    builder.add(
        .fullyConnected, [x, weights, -1], [y],
        FullyConnectedOptions(activation: .none), version: 12)
    let model = try builder.load(outputs: [y])
    #expect(Difference(try model.floats([2, 2]), [-1, 3.5]).absolute < 1e-6)
    let rounded = Difference(try model.floats([2, 1]), [0, 2.5]).absolute
    #expect((1e-3...0.02).contains(rounded))
}
