import Archives
import Foundation
import PythonCode
import TestSupport
import Testing

/// Inputs that mutation has found, which lead to places of all kinds: each is understood or refused.
struct KeptInputTests {
    @Test func survivesCorpus() throws {
        let archive = try ZipArchive(path: Repository.testdata("corpora/python.zip"))
        var refused = 0
        for member in archive.members {
            let bytes = Array(try archive.contents(of: member).mutableBytes)
            do {
                let function = try PythonFunction(marshal: bytes)
                let closure = function.code.variables.free.map { PythonExpression(name: $0) }
                let expression = try function.expression(closure: closure)
                _ = try PythonParser.expression(PythonText().text(expression))
            } catch {
                refused += 1
            }
        }
        #expect(archive.members.count >= 30 && refused > 0)
    }
}
