import Foundations
import KerasFormat
import Problems
import Testing

/// Forms in which people write architectures to files.
@Suite struct ArchitectureTextTests {
    private let text = """
        {"class_name": "Sequential", "config": {"name": "s", "layers": [
            {"class_name": "Dense", "config": {"name": "d", "units": 2, "batch_input_shape": [null, 3]}}]}}
        """

    private func quoted(_ text: String) -> String {
        let escaped = text.map { "\"\\".contains($0) ? "\\\($0)" : $0 == "\n" ? "\\n" : "\($0)" }
        return "\"\(escaped.joined())\""
    }

    private func layers(_ bytes: [UInt8]) throws -> [String] {
        let utf8 = bytes.withUnsafeBytes { TextEncoding.utf8(of: $0) }
        #expect(ArchitectureText.isJSON(utf8))
        return try ModelParser.model(try ArchitectureText.value(utf8)).layers.map(\.name)
    }

    @Test func readsEveryEncoding() throws {
        let units = Array(text.utf16)
        let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        for bytes in [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + little,
            [0xFE, 0xFF] + big, little, big, Array(quoted(text).utf8),
            Array(quoted(quoted(text)).utf8),
        ] {
            #expect(try layers(bytes) == ["d_input", "d"])
        }
    }

    @Test func readsBareConfigurations() throws {
        let layer =
            #"{"class_name": "Dense", "config": {"name": "d", "units": 2, "batch_input_shape": [null, 3]}}"#
        #expect(try layers(Array("[\(layer)]".utf8)) == ["d_input", "d"])
        #expect(
            try layers(Array(#"{"name": "s", "layers": [\#(layer)]}"#.utf8)) == ["d_input", "d"])
    }

    /// A string that is not JSON is refused, and so is one quoted without end.
    @Test func refusesOtherStrings() {
        var deep = text
        for _ in 0..<5 { deep = quoted(deep) }
        for bad in ["\"hello\"", deep, "\"{\\\"a\\\": \"", "\"\""] {
            #expect(throws: Problem.self) { try self.layers(Array(bad.utf8)) }
        }
    }

    @Test func saysHowToSaveSubclassedModels() throws {
        let saved = #"""
            {"module": "mine", "class_name": "Net", "config": {"units": 4}, "registered_name": "mine>Net",
             "build_config": {"input_shape": [1, 3, null]}}
            """#
        let problem = #expect(throws: Problem.self) { try self.layers(Array(saved.utf8)) }
        guard case .unsupported(let what, let remedy)? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(what.contains("'Net'") && remedy.description.contains("keras.Input((3, None))"))
    }
}
