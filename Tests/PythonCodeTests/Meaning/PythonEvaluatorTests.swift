import Problems
import TestSupport
import Testing

import PythonCode

@Suite struct PythonEvaluatorTests {
    private func value(_ text: String) throws -> NumberMeaning.Value {
        let evaluator = PythonEvaluator(
            NumberMeaning(), parameters: ["x": .plain(.integer(3))])
        return try evaluator.value(of: PythonParser.expression(text))
    }

    @Test func computesOnlyTheBranchThatIsTaken() throws {
        #expect(try value("x if x > 2 else unknown(x)") == .plain(.integer(3)))
        #expect(throws: NumberMeaning.Unknown.self) { try value("x if x < 2 else unknown(x)") }
    }

    @Test func computesSharedPartsOnce() throws {
        var shared = PythonExpression(name: "x")
        for _ in 0..<200 * Campaign.factor {
            shared = PythonExpression(.binary(.and, shared, shared))
        }
        let evaluator = PythonEvaluator(
            NumberMeaning(), parameters: ["x": .plain(.integer(3))])
        #expect(try evaluator.value(of: shared) == .plain(.integer(3)))
        #expect(PythonText().text(shared) == "…")
    }

    @Test(arguments: [
        ("7 // 2", "3"), ("-7 // 2", "-4"), ("-7 % 3", "2"), ("7 % -3", "-2"),
        ("7.5 % -2.0", "-0.5"),
        ("2 ** 10", "1024"), ("2 ** -1", "0.5"), ("9.0 ** 0.5", "3.0"), ("(-1) ** 3", "-1"),
        ("1 / 4", "0.25"), ("'a' + 'b'", "'ab'"), ("1 == 1.0", "True"), ("1 is 1.0", "False"),
        ("'a' < 'b'", "True"), ("not 0", "True"), ("~5", "-6"), ("5 >> 1", "2"),
    ])
    func computesLikePython(_ text: String, _ expected: String) throws {
        #expect(try value(text) == value(expected))
    }

    @Test(arguments: [
        "9 ** 9 ** 9", "1 / 0", "1 // 0", "1 % 0", "1 << 70", "9223372036854775807 + 1", "1 << -1",
        "'a' * 3", "1 < 'a'", "0.0 ** -1", "(-1.0) ** 0.5",
    ])
    func hasNoValueForWhatPythonRefuses(_ text: String) {
        #expect(throws: NumberMeaning.Unknown.self) { try value(text) }
    }
}
