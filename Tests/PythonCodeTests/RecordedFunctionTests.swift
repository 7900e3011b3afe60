import Foundation
import Problems
import Testing

import PythonCode

@Suite struct RecordedFunctionTests {
    private func expression(_ recorded: RecordedFunction) throws -> PythonExpression {
        let function = try PythonFunction(marshal: StoredText.bytes(recorded.code))
        let defaults = recorded.defaults ?? []
        let pairs = zip(function.parameters.suffix(defaults.count), defaults.map(\.expression))
        return try function.expression(
            Dictionary(uniqueKeysWithValues: pairs.map { ($0, $1) }),
            closure: recorded.closure?.map(\.expression) ?? [])
    }

    @Test(arguments: RecordedFunction.versions)
    func readsWhatPythonWrote(_ version: String) throws {
        let functions = try RecordedFunction.all(version)
        #expect(functions.count > 55)
        for recorded in functions {
            guard let text = recorded.text else {
                let problem = #expect(throws: Problem.self, "\(recorded.name)") {
                    try expression(recorded)
                }
                let refusal = try #require(recorded.refusal)
                #expect(problem?.message.contains(refusal) == true, "\(recorded.name)")
                continue
            }
            #expect(try PythonText().text(expression(recorded)) == text, "\(recorded.name)")
        }
    }

    @Test(arguments: RecordedFunction.versions)
    func computesWhatPythonComputed(_ version: String) throws {
        var count = 0
        for recorded in try RecordedFunction.all(version) {
            for call in recorded.calls ?? [] {
                let function = try PythonFunction(marshal: StoredText.bytes(recorded.code))
                let values = Dictionary(
                    uniqueKeysWithValues: zip(function.parameters, call.arguments).map { ($0, $1) })
                let evaluator = PythonEvaluator(NumberMeaning(), parameters: values)
                let value = try evaluator.value(of: expression(recorded))
                #expect(value.equals(call.result), "\(recorded.name): \(value)")
                count += 1
            }
        }
        #expect(count > 40)
    }

    @Test(arguments: RecordedFunction.versions)
    func tellsTheVersion(_ version: String) throws {
        for recorded in try RecordedFunction.all(version) {
            let function = try PythonFunction(marshal: StoredText.bytes(recorded.code))
            // Without calls and attributes the two are the same.
            let found = function.version.text
            let isTold = found.contains(version) || version == "3.12" && found == "3.11"
            #expect(isTold, "\(recorded.name): \(found)")
            #expect(function.place == "model.py:\(function.code.firstLine)")
        }
    }

    @Test(arguments: RecordedFunction.versions)
    func printedTextIsReadBack(_ version: String) throws {
        for text in try RecordedFunction.all(version).compactMap(\.text) {
            #expect(try PythonText().text(PythonParser.expression(text)) == text)
        }
    }
}
