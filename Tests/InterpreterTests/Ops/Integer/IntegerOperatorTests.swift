import Archives
import Foundation
import Interpreter
import TestSupport
import Tensors
import Testing

/// Random single operators on integers against what LiteRT's reference kernels computed, bit for bit.
struct IntegerOperatorSuite {
    /// A file of one operator with its inputs and outputs.
    struct Case {
        let name: String
        let model: [UInt8]
        let inputs: [LiteTensor]
        let outputs: [LiteTensor]
    }

    /// The cases of an archive that `testdata/integer/make.py` wrote.
    static func cases(_ path: String) throws -> [Case] {
        let arrays = Dictionary(
            try NPZ.read(path: path).map { ($0.name, $0.array) }, uniquingKeysWith: { a, _ in a })
        func tensors(_ prefix: String) -> [LiteTensor] {
            var tensors: [LiteTensor] = []
            while let tensor = arrays["\(prefix)\(tensors.count)"].flatMap({ LiteTensor($0) }) {
                tensors.append(tensor)
            }
            return tensors
        }
        return arrays.keys.filter { $0.hasSuffix(".model") }.sorted().map { key in
            let name = String(key.dropLast(6))
            return Case(
                name: name, model: arrays[key]?.array(of: UInt8.self) ?? [],
                inputs: tensors("\(name).in"), outputs: tensors("\(name).out"))
        }
    }

    /// The output elements that differ, as a text; nil if there are none.
    private func difference(_ example: Case) throws -> String? {
        let model = try LiteModel(bytes: example.model)
        let results = try model.makeSession().run(example.inputs)
        guard results.count == example.outputs.count else { return "\(results.count) outputs" }
        for (result, expected) in zip(results, example.outputs) {
            guard result.shape == expected.shape, result.elementType == expected.elementType else {
                return "\(result) instead of \(expected)"
            }
            let pairs = zip(result.doubles, expected.doubles)
            let differing = pairs.filter { $0 != $1 }
            if let first = differing.first {
                let largest = differing.map { abs($0 - $1) }.max() ?? 0
                return "\(differing.count) of \(result.count) differ by up to \(largest): "
                    + "\(first.0) instead of \(first.1)"
            }
        }
        return nil
    }

    private func check(_ path: String, atLeast count: Int) throws {
        let cases = try Self.cases(path)
        #expect(cases.count >= count)
        for example in cases {
            do {
                if let difference = try difference(example) {
                    Issue.record("\(example.name): \(difference)")
                }
            } catch {
                Issue.record("\(example.name): \(error)")
            }
        }
    }

    @Test func recordedOperatorsEqualTheReference() throws {
        try check(Repository.testdata("integer/operators.npz"), atLeast: 130)
    }

    @Test(
        .enabled(
            if: ProcessInfo.processInfo.environment["KCONVERT_PYTHON"] != nil,
            "KCONVERT_PYTHON is not set"))
    func randomOperatorsEqualTheReference() throws {
        let environment = ProcessInfo.processInfo.environment
        let python = try #require(environment["KCONVERT_PYTHON"])
        let rounds = environment["KCONVERT_INTEGER_ROUNDS"] ?? "6"
        let seed = environment["KCONVERT_INTEGER_SEED"] ?? "1"
        try Repository.withTemporaryFolder { folder in
            let archive = folder.appending(path: "operators.npz").path
            let process = Process()
            process.executableURL = URL(filePath: python)
            process.arguments = [
                Repository.testdata("integer/make.py"), archive, seed, rounds,
            ]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            try check(archive, atLeast: 130 * (Int(rounds) ?? 1))
        }
    }
}
