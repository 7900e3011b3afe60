import Archives
import Foundation
import Interpreter
import TestSupport
import Tensors
import Testing

/// A file with two entry points, and what LiteRT computes with each.
private struct Coder {
    let model: LiteModel
    private let arrays: [String: Tensor]

    init() throws {
        model = try LiteModel(contentsOf: Repository.testdata("tflite/functions/signatures.tflite"))
        arrays = Dictionary(
            uniqueKeysWithValues: try NPZ.read(
                path: Repository.testdata("tflite/functions/signatures.npz")
            ).map { ($0.name, $0.array) })
    }

    func tensor(_ name: String) throws -> LiteTensor {
        try #require(arrays[name].flatMap { LiteTensor($0) })
    }

    func expect(_ actual: LiteTensor?, _ name: String) throws {
        let (actual, expected) = (try #require(actual), try tensor(name))
        #expect(actual.shape == expected.shape && actual.elementType == expected.elementType)
        #expect(Difference(actual.tensor, expected.tensor).relative < 1e-5)
    }
}

struct SignatureTests {
    @Test func allAreListed() throws {
        let coder = try Coder()
        #expect(coder.model.signatures.map(\.key) == ["decode", "encode"])
        #expect(coder.model.defaultSignature?.key == "decode")
        let encoder = try coder.model.entryPoint("encode")
        #expect(encoder.defaultSignature?.key == "encode")
        #expect(encoder.inputs.map(\.shape) == [[-1, 40]])
        #expect(try coder.model.entryPoint("decode") === coder.model)
        #expect(try coder.model.entryPoint("encode") === encoder)
    }

    @Test func eachRunsItsOwnSubgraph() throws {
        let coder = try Coder()
        let code = try coder.model.predict(["x": coder.tensor("x")], signature: "encode")
        #expect(Array(code.keys) == ["code"])
        try coder.expect(code["code"], "code")
        let inputs = ["code": try coder.tensor("in0"), "gain": try coder.tensor("in1")]
        for signature in ["decode", nil] {
            let decoded = try coder.model.predict(inputs, signature: signature)
            #expect(decoded.keys.sorted() == ["next", "y"])
            #expect(try decoded["next"]?.values() == [3, 0, 6] as [Int32])
        }
        let session = try coder.model.entryPoint("encode").makeSession()
        try coder.expect(try session.run(named: ["x": coder.tensor("x")])["code"], "code")
        try coder.expect(try session.run([coder.tensor("x")])[0], "code")
    }

    @Test func recordsFindTheirEntryPoint() throws {
        let coder = try Coder()
        let rows = try coder.tensor("x").values(of: Float.self)
        let records = (0..<3).map { ["x": Array(rows[$0 * 40..<($0 + 1) * 40])] }
        let results = try coder.model.predict(records, signature: "encode")
        let expected = try coder.tensor("code").values(of: Float.self)
        for (index, result) in results.enumerated() {
            let row = expected[index * 40..<(index + 1) * 40]
            #expect(zip(result["code"] ?? [], row).allSatisfy { abs($0 - $1) < 1e-4 })
            #expect(result["code"]?.count == 40)
        }
    }

    @Test func unknownNamesSayWhatThereIs() throws {
        let coder = try Coder()
        let x = try coder.tensor("x")
        #expect(message { _ = try coder.model.entryPoint("no") }.contains("decode, encode"))
        #expect(message { _ = try coder.model.predict(["x": x]) }.contains("'code' (float32"))
        #expect(message { _ = try coder.model.predict(["code": x]) }.contains("'gain' is missing"))
        let session = try coder.model.makeSession()
        #expect(
            message { _ = try session.run(named: ["x": x], signature: "encode") }
                .contains("There is decode"))
    }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return ""
        } catch {
            return String(describing: error)
        }
    }
}
