import Foundation
import Problems
import TestSupport
import Testing

import PythonCode

/// Code from strangers: whatever the bytes are, an expression or a problem comes out.
@Suite struct DamagedCodeTests {
    /// Whether the bytes give an expression; any error but a problem fails the test.
    @discardableResult
    private func isRead(_ bytes: [UInt8]) throws -> Bool {
        do {
            let function = try PythonFunction(marshal: bytes)
            let closure = function.code.variables.free.map { PythonExpression(name: $0) }
            _ = PythonText().text(try function.expression(closure: closure))
            return true
        } catch is Problem {
            return false
        }
    }

    @Test(arguments: RecordedFunction.versions)
    func survivesChangedBytes(_ version: String) throws {
        for (index, recorded) in try RecordedFunction.all(version).enumerated() {
            let bytes = StoredText.bytes(recorded.code)
            try Damage.mutate(bytes, count: 40, seed: UInt64(index)) { try isRead($0) }
        }
    }

    @Test(arguments: RecordedFunction.versions)
    func refusesWhatIsCutOff(_ version: String) throws {
        for recorded in try RecordedFunction.all(version) {
            try Damage.truncate(StoredText.bytes(recorded.code), count: 40) {
                let isRead = try isRead($0)
                #expect(!isRead, "\(recorded.name)")
            }
        }
    }

    @Test(.enabled(if: Repository.hasShared("lambda"), "../shared/lambda is not there"))
    func refusesHostileCode() throws {
        let folder = Repository.shared("lambda/models/hostile")
        let files = try FileManager.default.contentsOfDirectory(
            at: URL(filePath: folder), includingPropertiesForKeys: nil)
        #expect(files.count == 46)
        for file in files {
            // The first holds code that nothing calls, the second takes any arguments.
            let isHarmless = ["code_in_code.bin", "star_args.bin"].contains(file.lastPathComponent)
            let bytes = Array(try Data(contentsOf: file))
            #expect(try isRead(bytes) == isHarmless, "\(file.lastPathComponent)")
        }
    }

    /// What `Scripts/fuzz` has found, if anything.
    @Test func survivesKeptFailures() throws {
        let folder = URL(filePath: Repository.testdata("malformed/python"))
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        for case let file as URL in files?.allObjects ?? [] {
            try isRead(Array(Data(contentsOf: file)))
        }
    }

    /// Types that functions seldom hold, as the only constant of `lambda: None`.
    @Test(arguments: [
        ("N", "None"), ("T", "True"), ("F", "False"), (".", "..."),
        ("i\u{fe}\u{ff}\u{ff}\u{ff}", "-2"), ("I\u{1}\0\0\0\0\0\0\0", "1"),
        ("l\u{2}\0\0\0\u{1}\0\u{1}\0", "32769"), ("l\u{fe}\u{ff}\u{ff}\u{ff}\0\0\u{1}\0", "-32768"),
        ("g\0\0\0\0\0\0\u{e0}\u{3f}", "0.5"), ("f\u{3}2.5", "2.5"),
        ("a\u{1}\0\0\0q", "'q'"), ("z\u{1}q", "'q'"), ("u\u{2}\0\0\0\u{c3}\u{a9}", "'é'"),
        ("(\u{2}\0\0\0NN", "(None, None)"), (")\u{1}N", "(None,)"), ("<\u{1}\0\0\0N", "(None,)"),
        (":NNN", "slice(:)"), ("\u{a9}\u{2}\u{da}\u{1}qr\u{1}\0\0\0", "('q', 'q')"),
    ])
    func readsConstants(_ stored: String, _ text: String) throws {
        let function = try PythonFunction(marshal: Self.code(returning: stored))
        #expect(try PythonText().text(function.expression()) == text)
    }

    @Test(arguments: [
        "y" + String(repeating: "\0", count: 16), "x\u{1}1\u{1}2",
        "l\u{5}\0\0\0\u{1}\0\u{1}\0\u{1}\0\u{1}\0\u{ff}\u{7f}", "l\u{1}\0\0\0\u{ff}\u{ff}", "S",
        "?",
        "R\0\0\0\0", "r\u{1}\0\0\0", "\u{a9}\u{1}r\u{1}\0\0\0", "(\u{ff}\u{ff}\u{ff}\u{7f}", "{N",
        String(repeating: ")\u{1}", count: 70) + "N",
    ])
    func refusesConstants(_ stored: String) throws {
        #expect(try !isRead(Self.code(returning: stored)))
    }

    /// A function of Python 3.8 that returns its only constant, which is stored behind the first reference.
    private static func code(returning constant: String) -> [UInt8] {
        let zeros = String(repeating: "\0", count: 16)
        let text =
            "c\(zeros)\0\0\0\0C\0\0\0s\u{4}\0\0\0d\0S\0)\u{1}\(constant))\0)\0)\0)\0\u{da}\u{1}fz\u{1}f"
            + "\u{1}\0\0\0s\0\0\0\0"
        return text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }
}
