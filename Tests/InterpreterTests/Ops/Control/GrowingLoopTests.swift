import Foundation
import Interpreter
import TFLiteFormat
import TestSupport
import Tensors
import Testing

/// A file that puts a vector behind itself as long as a counter is less than a limit, and negates the result.
private func growingLoop() throws -> [UInt8] {
    func state(_ builder: inout ModelBuilder) -> [TensorIndex] {
        [
            builder.input([], .int32, name: "count"), builder.input([], .int32, name: "limit"),
            builder.input([-1], name: "x"),
        ]
    }
    var main = ModelBuilder()
    let inputs = state(&main)
    let results = [
        main.tensor([], .int32), main.tensor([], .int32), main.tensor([-1], name: "grown"),
    ]
    main.add(
        .while, inputs, results, WhileOptions(conditionSubgraph: 1, bodySubgraph: 2))
    let y = main.tensor([-1])
    main.add(.neg, [results[2]], [y])
    main.graph.outputs = [y]

    var test = ModelBuilder()
    test.model = main.model
    let tested = state(&test)
    let continues = test.tensor([], .bool)
    test.add(.less, [tested[0], tested[1]], [continues])
    test.graph.outputs = [continues]

    var round = ModelBuilder()
    round.model = test.model
    let values = state(&round)
    let (next, double) = (round.tensor([], .int32), round.tensor([-1]))
    let one = round.constant(Tensor([Int32(1)], []))
    round.add(.add, [values[0], one], [next], AddOptions())
    round.add(
        .concatenation, [values[2], values[2]], [double],
        ConcatenationOptions(axis: 0))
    round.graph.outputs = [next, values[1], double]

    round.model.subgraphs = [main.graph, test.graph, round.graph]
    return try TFLiteWriter.bytes(of: round.model)
}

@Suite struct GrowingLoopTests {
    private func run(
        _ session: LiteSession, _ limit: Int32, _ x: [Float],
        observing observe: ((LiteTensorDescription, LiteTensor) -> Void)? = nil
    ) throws -> [Float] {
        try session.run(
            [
                LiteTensor([Int32(0)], shape: []), LiteTensor([limit], shape: []),
                LiteTensor(x, shape: [x.count]),
            ], observing: observe)[0].values()
    }

    @Test func theNumberOfRoundsDecidesAboutTheShape() throws {
        let session = try LiteModel(bytes: growingLoop()).makeSession()
        for (limit, count) in [(3, 8), (0, 1), (1, 2), (1, 2), (3, 8)] as [(Int32, Int)] {
            let x: [Float] = [Float(limit) - 5, 2]
            let expected = [[Float]](repeating: x.map { -$0 }, count: count).flatMap { $0 }
            #expect(try run(session, limit, x) == expected)
        }
    }

    @Test func theResultsOfTheLoopAreShown() throws {
        let session = try LiteModel(bytes: growingLoop()).makeSession()
        var seen: [String: [Int]] = [:]
        _ = try run(session, 2, [1, 2, 3]) { seen[$0.name] = $1.shape }
        #expect(seen["grown"] == [12])
    }

    @Test func growthEndsAtTheMemoryLimit() throws {
        let options = LiteModel.Options(threads: 1, memoryLimit: 1 << 20)
        let session = try LiteModel(bytes: growingLoop(), options: options).makeSession()
        let error = #expect(throws: LiteModelError.self) { try run(session, 1000, [1, 2]) }
        #expect(error?.description.contains("too large") == true, "\(String(describing: error))")
        #expect(try run(session, 1, [1, 2]) == [-1, -2, -1, -2])
    }

    @Test func damagedFilesNeverCrash() throws {
        let recorded = ["sparse_dense", "sparse_dense_blocks", "branch_computes_shapes"].map {
            Repository.testdata("tflite/functions/\($0).tflite")
        }
        let files =
            try [growingLoop()]
            + recorded.map { [UInt8](try Data(contentsOf: URL(filePath: $0))) }
        for (index, file) in files.enumerated() {
            var failures = 0
            Damage.mutate(file, count: 1500, seed: UInt64(index + 7)) {
                if !survives($0) { failures += 1 }
            }
            #expect(failures > 50 && failures < 1500)
        }
    }
}
