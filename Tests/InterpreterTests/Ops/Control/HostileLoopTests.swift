import Foundation
import Interpreter
import TFLiteFormat
import TestSupport
import Tensors
import Testing

/// A file that doubles a vector as long as a counter is at most a limit; its loop runs the given subgraphs.
///
/// The limit is an input, so that no damage to the file makes a loop that does not end.
private func loop(condition: Int = 1, body: Int = 2) throws -> [UInt8] {
    func state(_ builder: inout ModelBuilder) -> [TensorIndex] {
        [
            builder.input([], .int32, name: "count"), builder.input([], .int32, name: "limit"),
            builder.input([3], name: "x"),
        ]
    }
    var main = ModelBuilder()
    let inputs = state(&main)
    let results = [main.tensor([], .int32), main.tensor([], .int32), main.tensor([3])]
    main.add(
        .while, inputs, results,
        WhileOptions(conditionSubgraph: condition, bodySubgraph: body))
    main.graph.outputs = [results[2]]

    var test = ModelBuilder()
    test.model = main.model
    let tested = state(&test)
    let continues = test.tensor([], .bool)
    test.add(.lessEqual, [tested[0], tested[1]], [continues])
    test.graph.outputs = [continues]

    var round = ModelBuilder()
    round.model = test.model
    let values = state(&round)
    let (next, double) = (round.tensor([], .int32), round.tensor([3]))
    let one = round.constant(Tensor([Int32(1)], []))
    round.add(.add, [values[0], one], [next], AddOptions(activation: .none))
    round.add(.add, [values[2], values[2]], [double], AddOptions(activation: .none))
    round.graph.outputs = [next, values[1], double]

    round.model.subgraphs = [main.graph, test.graph, round.graph]
    return try TFLiteWriter.bytes(of: round.model)
}

@Suite struct HostileLoopTests {
    @Test func theLoopItselfRuns() throws {
        let model = try LiteModel(bytes: loop())
        let values = [
            try LiteTensor([Int32(2)], shape: []), try LiteTensor([Int32(4)], shape: []),
            try LiteTensor([Float(1), -2, 0.5], shape: [3]),
        ]
        let results = try model.makeSession().run(values)
        #expect(try results[0].values() as [Float] == [8, -16, 4])
    }

    @Test(arguments: [(1, 1), (2, 2), (0, 2), (1, 0), (1, 99), (-1, 2), (1, Int(Int32.max))])
    func loopsOfWrongSubgraphsAreRefused(condition: Int, body: Int) throws {
        #expect(throws: LiteModelError.self) {
            try LiteModel(bytes: loop(condition: condition, body: body))
        }
    }

    /// A loop draws its rounds from the budget, and so ends with it.
    @Test func roundsEndWithTheBudget() throws {
        let values = [
            try LiteTensor([Int32(0)], shape: []), try LiteTensor([Int32.max], shape: []),
            try LiteTensor([Float(1), -2, 0.5], shape: [3]),
        ]
        let session = try LiteModel(bytes: loop()).makeSession()
        var limits = ResourceLimits()
        limits.steps = 1_000_000
        let bySteps = #expect(throws: LiteModelError.self) {
            try limits.apply { _ = try session.run(values) }
        }
        #expect(bySteps?.description.contains("ResourceLimits.steps") == true)
        limits = ResourceLimits()
        limits.steps = .max
        limits.seconds = 0.05
        let byTime = #expect(throws: LiteModelError.self) {
            try limits.apply { _ = try session.run(values) }
        }
        #expect(byTime?.description.contains("ResourceLimits.seconds") == true)
    }

    @Test func damagedLoopsNeverCrash() throws {
        let file = try loop()
        var failures = 0
        Damage.mutate(file, count: 3000, seed: 5) {
            if !survives($0) { failures += 1 }
        }
        #expect(failures > 100 && failures < 3000)
    }

    @Test func filesThatOnceBrokeTheInterpreterDoNotAnyMore() throws {
        let folder = Repository.testdata("malformed/tflite")
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let bytes = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
            _ = survives([UInt8](bytes))
        }
    }
}
