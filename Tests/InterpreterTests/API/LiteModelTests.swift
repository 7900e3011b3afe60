import Dispatch
import Interpreter
import Problems
import TFLiteFormat
import Tensors
import Testing

@Test func descriptionsComeFromTheFile() throws {
    let model = try LiteModel(bytes: smallNetwork())
    #expect(model.inputs.map(\.name) == ["image"])
    #expect(model.inputs[0].shape == [-1, 6, 6, 2])
    #expect(model.outputs[0].elementType == .float32)
    #expect(model.signatures[0].inputs == ["x": 0])
}

@Test func anyNumberOfRecordsGivesTheSameAsOneByOne() throws {
    let model = try LiteModel(bytes: smallNetwork())
    let records = images(70)
    let together = try model.predict(records)
    #expect(together.count == 70)
    for (record, result) in zip(records, together) {
        let single = try model.predictSingle(record)
        #expect(zip(single, result).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(abs(result.reduce(0, +) - 1) < 1e-5)
    }
    #expect(Set(together).count > 10)
}

@Test func fixedBatchesAreFilledUp() throws {
    var builder = ModelBuilder()
    let x = builder.input([2, 3], name: "x")
    let y = builder.tensor([2, 3])
    builder.add(.neg, [x], [y])
    let model = try builder.load(outputs: [y])
    let batch = try LiteTensor((1...9).map { Float($0) }, shape: [3, 3])
    let result = try model.predict(["x": batch])
    #expect(result["t1"]?.shape == [3, 3])
    #expect(try result["t1"]?.values() == (1...9).map { -Float($0) })
}

@Test(arguments: [0, 1, 2, 3, 4, 5, 9])
func anyNumberOfRecordsFitsAFixedBatch(count: Int) throws {
    var builder = ModelBuilder()
    let x = builder.input([4, 2], name: "x")
    let (y, z) = (builder.tensor([4, 2], name: "y"), builder.tensor([4, 2], name: "z"))
    builder.add(.neg, [x], [y])
    builder.add(.square, [x], [z])
    let model = try builder.load(outputs: [y, z])
    let values = (0..<count * 2).map { Float($0) }
    let results = try model.predict([LiteTensor(values, shape: [count, 2])])
    #expect(results.map(\.shape) == [[count, 2], [count, 2]])
    #expect(try results[0].values() == values.map { -$0 })
    #expect(try results[1].values() == values.map { $0 * $0 })
}

@Test(arguments: [0, 1, 63, 64, 65, 130])
func anyNumberOfRecordsFitsAFreeBatch(count: Int) throws {
    let model = try LiteModel(bytes: smallNetwork())
    let records = images(count)
    let batch = try LiteTensor(Array(records.joined()), shape: [count, 6, 6, 2])
    let result = try model.predict([batch])[0]
    #expect(result.shape == [count, 3])
    let values: [Float] = try result.values()
    for (index, record) in records.enumerated() {
        let single = try model.predictSingle(record)
        #expect(zip(values[index * 3..<index * 3 + 3], single).allSatisfy { abs($0 - $1) < 1e-6 })
    }
    #expect(try model.predict([[Float]]()).isEmpty)
}

#if !(os(macOS) && arch(x86_64))
    @Test func halfPrecisionIsAnElementType() throws {
        var builder = ModelBuilder()
        let x = builder.input([1, 3], .float16, name: "x")
        let y = builder.tensor([1, 3])
        builder.add(.cast, [x], [y])
        let model = try builder.load(outputs: [y])
        let input = try LiteTensor([0.5, -2, 1024] as [Float16], shape: [1, 3])
        #expect(input.description == "float16 [1, 3]")
        #expect(try input.values() == [0.5, -2, 1024] as [Float16])
        #expect(try model.predict([input])[0].values() == [0.5, -2, 1024] as [Float])
    }
#endif

@Test func errorsSayWhatIsTakenAndWhatWasGiven() throws {
    func text(_ body: () throws -> Void) -> String {
        do {
            try body()
        } catch {
            return String(describing: error)
        }
        return ""
    }
    let model = try LiteModel(bytes: smallNetwork())
    let session = try model.makeSession()
    let cases: [(String, String)] = [
        (text { _ = try model.predictSingle([1, 2]) }, "record 0 has 2 numbers, 'image' takes 72"),
        (
            text { _ = try session.run([LiteTensor([1.0, 2.0], shape: [1, 2])]) },
            "'image' takes float32 [-1, 6, 6, 2], not float64 [1, 2]"
        ),
        (text { _ = try model.predict(["z": LiteTensor([Float(1)], shape: [1])]) }, "'x' (float32"),
        (
            text { _ = try LiteTensor([Float(1), 2], shape: [3]) },
            "2 elements do not make a tensor float32 [3]"
        ),
        (text { try session.resizeInput(0, to: [-1, 6, 6, 2]) }, "is not a valid shape"),
        (text { _ = try LiteModel(bytes: [1, 2, 3]) }, "TFLite file"),
        (text { _ = try LiteModel(contentsOf: "/nowhere/m.tflite") }, "/nowhere/m.tflite"),
    ]
    for (message, part) in cases { #expect(message.contains(part), "\(message)") }
}

@Test func namesOfSignatureAndFileBothWork() throws {
    let session = try LiteModel(bytes: smallNetwork()).makeSession()
    let image = try LiteTensor(images(1)[0], shape: [1, 6, 6, 2])
    let byAlias = try session.run(named: ["x": image])
    let byName = try session.run(named: ["image": image], signature: "serving_default")
    #expect(try byAlias["y"]?.values(of: Float.self) == byName["y"]?.values(of: Float.self))
    #expect(throws: LiteModelError.self) { try session.run(named: ["nothing": image]) }
    #expect(throws: LiteModelError.self) { try session.run(named: [:]) }
    #expect(throws: LiteModelError.self) { try session.run(named: ["x": image], signature: "no") }
}

@Test func runsDoNotDependOnEarlierRuns() throws {
    let model = try LiteModel(bytes: smallNetwork())
    let session = try model.makeSession()
    let inputs = try images(3).map { try LiteTensor($0, shape: [1, 6, 6, 2]) }
    let first = try inputs.map { try session.run([$0])[0].values(of: Float.self) }
    _ = try session.run([LiteTensor(images(5).flatMap { $0 }, shape: [5, 6, 6, 2])])
    #expect(session.inputShapes == [[5, 6, 6, 2]])
    let second = try inputs.map { try session.run([$0])[0].values(of: Float.self) }
    #expect(first == second)
}

@Test func threadsShareAModel() throws {
    let model = try LiteModel(bytes: smallNetwork())
    let records = images(16)
    let expected = try records.map { try model.predictSingle($0) }
    nonisolated(unsafe) let mismatches = UnsafeMutablePointer<Int>.allocate(capacity: 16)
    mismatches.initialize(repeating: 0, count: 16)
    defer { mismatches.deallocate() }
    DispatchQueue.concurrentPerform(iterations: 16) { index in
        for _ in 0..<50 {
            let result = try? model.predictSingle(records[index])
            if result != expected[index] { mismatches[index] += 1 }
        }
    }
    #expect((0..<16).allSatisfy { mismatches[$0] == 0 })
}

@Test func observersSeeEveryOperator() throws {
    let session = try LiteModel(bytes: smallNetwork()).makeSession()
    let image = try LiteTensor(images(1)[0], shape: [1, 6, 6, 2])
    var seen: [(name: String, values: [Float])] = []
    let result = try session.run([image]) { description, tensor in
        seen.append((description.name, (try? tensor.values()) ?? []))
    }
    #expect(seen.count == 6)
    let gates = zip(seen[0].values, seen[1].values).allSatisfy {
        abs(1 / (1 + Float.exp(-$0)) - $1) < 1e-6
    }
    #expect(gates)
    #expect(try seen.last?.values == result[0].values())
}

extension Float {
    fileprivate static func exp(_ x: Float) -> Float {
        var (term, sum): (Double, Double) = (1, 1)
        for index in 1..<60 {
            term *= Double(x) / Double(index)
            sum += term
        }
        return Float(sum)
    }
}

@Test func memoryIsReusedAlongAChain() throws {
    var builder = ModelBuilder()
    var x = builder.input([1, 1000], name: "x")
    for index in 0..<20 {
        let y = builder.tensor([1, 1000])
        builder.add(
            index.isMultiple(of: 2) ? .reverseV2 : .abs,
            index.isMultiple(of: 2) ? [x, builder.integers([1])] : [x], [y])
        x = y
    }
    let session = try builder.load(outputs: [x]).makeSession()
    #expect(session.arenaByteCount <= 2 * 4096)
    let input = try LiteTensor((0..<1000).map { Float(-$0) }, shape: [1, 1000])
    #expect(try session.run([input])[0].values() == (0..<1000).map { Float($0) })
}

@Test func valuesThatAreNeededLaterAreKept() throws {
    var builder = ModelBuilder()
    let x = builder.input([2, 2], name: "x")
    let view = builder.tensor([4])
    builder.add(.reshape, [x, builder.integers([4])], [view])
    let negative = builder.tensor([4])
    builder.add(.neg, [view], [negative])
    let sum = builder.tensor([2, 2])
    let shaped = builder.tensor([2, 2])
    builder.add(.reshape, [negative, builder.integers([2, 2])], [shaped])
    builder.add(.sub, [x, shaped], [sum], SubOptions())
    let session = try builder.load(outputs: [sum, x, negative]).makeSession()
    let results = try session.run([LiteTensor([Float(1), 2, 3, 4], shape: [2, 2])])
    #expect(try results[0].values() == [2, 4, 6, 8] as [Float])
    #expect(try results[1].values() == [1, 2, 3, 4] as [Float])
    #expect(try results[2].values() == [-1, -2, -3, -4] as [Float])
}

@Test func wrongInputsAreRejected() throws {
    let session = try LiteModel(bytes: smallNetwork()).makeSession()
    #expect(throws: LiteModelError.self) { try session.run([]) }
    #expect(throws: LiteModelError.self) {
        try session.run([LiteTensor([Float](repeating: 0, count: 36), shape: [1, 6, 6, 1])])
    }
    #expect(throws: LiteModelError.self) {
        try session.run([LiteTensor([Int32](repeating: 0, count: 72), shape: [1, 6, 6, 2])])
    }
    #expect(throws: LiteModelError.self) { try LiteTensor([Float(1)], shape: [2]) }
    #expect(throws: LiteModelError.self) { try session.resizeInput(0, to: [1, 6, 6, 5]) }
    #expect(throws: LiteModelError.self) { try session.resizeInput(3, to: [1]) }
}

@Test func gatesAreComputedWithTheirProducts() throws {
    var builder = ModelBuilder()
    let x = builder.input([2, 9], name: "x")
    let (gate, product) = (builder.tensor([2, 9]), builder.tensor([2, 9], name: "swish"))
    let (kept, clamped) = (builder.tensor([2, 9]), builder.tensor([2, 9], name: "clamped"))
    builder.add(.logistic, [x], [gate])
    builder.add(.mul, [gate, x], [product], MulOptions(activation: .none))
    builder.add(.logistic, [x], [kept])
    builder.add(.mul, [x, kept], [clamped], MulOptions(activation: .relu))
    let model = try builder.load(outputs: [product, clamped])
    let values = (0..<18).map { (index: Int) -> Float in Float(index) * 0.5 - 4 }
    let input = try LiteTensor(values, shape: [2, 9])
    var observed: [String: [Float]] = [:]
    let session = try model.makeSession()
    let outputs: [[Float]] = try session.run([input]).map { try $0.values() }
    _ = try session.run([input]) { observed[$0.name] = try? $1.values() }
    #expect(observed.count == 4)
    for (index, value) in values.enumerated() {
        let expected: Float = value / (1 + Float.exp(-value))
        let seen: Float = observed["swish"]?[index] ?? .nan
        #expect(abs(outputs[0][index] - expected) < 1e-5)
        #expect(abs(outputs[1][index] - max(expected, 0)) < 1e-5)
        #expect(abs(seen - expected) < 1e-5)
    }
}

@Test func threadsOfSeveralSessionsDoNotDisturbEachOther() async throws {
    var builder = ModelBuilder()
    let x = builder.input([1, 24, 24, 16], name: "x")
    let y = builder.tensor([1, 24, 24, 32])
    let weights = (0..<32 * 9 * 16).map { (index: Int) -> Float in Float(index % 13) * 0.1 - 0.6 }
    let filter = builder.constant(Tensor(weights, [32, 3, 3, 16]))
    var options = Conv2DOptions()
    options.strideWidth = 1
    options.strideHeight = 1
    builder.add(.conv2D, [x, filter], [y], options)
    let model = try builder.load(outputs: [y])
    let values = (0..<24 * 24 * 16).map { (index: Int) -> Float in Float(index % 29) * 0.1 - 1.4 }
    let expected = try model.floats(values)
    try await withThrowingTaskGroup(of: [Float].self) { group in
        for threads in 1...4 {
            group.addTask {
                let session = try model.makeSession(threads: threads)
                let input = try LiteTensor(values, shape: [1, 24, 24, 16])
                for _ in 0..<20 { _ = try session.run([input]) }
                return try session.run([input])[0].values(of: Float.self)
            }
        }
        for try await result in group { #expect(result == expected) }
    }
}
