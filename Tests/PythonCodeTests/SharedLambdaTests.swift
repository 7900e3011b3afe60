import Archives
import Foundation
import Problems
import TestSupport
import Testing

import PythonCode

/// Files of many functions, each written by several versions of Python and Keras.
@Suite(.enabled(if: Repository.hasShared("lambda"), "../shared/lambda is not there"))
struct SharedLambdaTests {
    private struct Row: Decodable {
        let source: String
        let args: [String: NumberMeaning.Value]?
    }

    /// The texts of a function by file; all files of a function have to say the same.
    @Test func allVersionsGiveOneText() throws {
        let texts = try Self.texts(in: URL(filePath: Repository.shared("lambda/models")))
        #expect(texts.count == 176)
        for (name, found) in texts {
            #expect(Set(found).count == 1, "\(name): \(Set(found))")
        }
    }

    @Test func textsAreThoseOfTheSources() throws {
        let root = URL(filePath: Repository.shared("lambda/models"))
        let texts = try Self.texts(in: root)
        var rows: [String: Row] = [:]
        for (listing, suffix) in [("k2", ""), ("k3", " 3")] {
            let file = root.appending(path: "listing.\(listing).json")
            let listed = try JSONDecoder().decode([String: Row].self, from: Data(contentsOf: file))
            for (name, row) in listed { rows[name + suffix] = row }
        }
        // What is computed for nothing is not in the text.
        rows["no_print"] = nil
        rows["no_print 3"] = nil
        var count = 0
        for (name, row) in rows where row.args == nil && row.source.hasPrefix("lambda ") {
            let head = row.source.prefix { $0 != ":" }
            let body = row.source.dropFirst(head.count + 1)
            guard !head.contains("="), !body.contains(" for ") else { continue }
            let expected = try PythonText().text(PythonParser.expression(String(body)))
            #expect(texts[name]?.first == expected)
            count += 1
        }
        #expect(count > 140)
    }

    private static func texts(in root: URL) throws -> [String: [String]] {
        var texts: [String: [String]] = [:]
        let files = try #require(
            FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        for case let file as URL in files
        where ["h5", "json", "keras"].contains(file.pathExtension)
            && file.deletingLastPathComponent() != root
        {
            let folder = file.deletingLastPathComponent()
            let isKeras3 = file.lastPathComponent == "model.keras"
            let name = folder.lastPathComponent + (isKeras3 ? " 3" : "")
            for stored in try StoredLambda.all(in: try configuration(file)) {
                texts[name, default: []].append(try stored.text())
            }
        }
        return texts
    }

    /// The configuration of the model that a file holds.
    private static func configuration(_ file: URL) throws -> Any {
        switch file.pathExtension {
        case "keras":
            let archive = try ZipArchive(path: file.path)
            let member = try #require(archive.member("config.json"))
            let storage = try archive.contents(of: member)
            let data = withExtendedLifetime(storage) { Data(storage.mutableBytes) }
            return try JSONSerialization.jsonObject(with: data)
        case "json":
            return try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        default:
            let bytes = try Data(contentsOf: file)
            let start = try #require(bytes.range(of: Data("{\"class_name\": \"".utf8)))
            // The length stands in front of a string.
            let length = bytes[start.lowerBound - 8..<start.lowerBound].reversed()
                .reduce(0) { $0 << 8 | Int($1) }
            return try JSONSerialization.jsonObject(
                with: Data(bytes[start.lowerBound...].prefix(length)))
        }
    }
}
