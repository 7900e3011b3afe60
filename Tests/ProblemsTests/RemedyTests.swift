import Foundation
import Problems
import TestSupport
import Testing

struct RemedyTests {
    private let remedy: Remedy = "Fix \("a size") with \(.inputShapes)," + " or \(.batch)."

    @Test func namesSettingsAsTheReaderDoes() {
        let problem = Problem(.unsupported(what: "it has free sizes", remedy: remedy))
        #expect(
            problem.remedy
                == "Fix a size with ConversionOptions.inputShapes, or ConversionOptions.batch.")
        #expect(
            problem.remedy { $0 == .batch ? "--batch" : "--input-shape" }
                == "Fix a size with --input-shape, or --batch.")
        #expect(
            problem.description { _ in "X" }
                == "error: it has free sizes.\n       Fix a size with X, or X.")
    }

    @Test func nothingHelpsIfThereAreNoWords() {
        let empty: [Remedy] = ["", Remedy(""), "" + "", Remedy("") + ""]
        #expect(empty.map(\.isEmpty) == [true, true, true, true])
        #expect(Problem(.unsupported(what: "x", remedy: "")).remedy == nil)
    }

    /// A library is not told by a command line, so no text of one spells an option of the command.
    @Test func noMessageOfALibrarySpellsAnOption() throws {
        let literal = /"(?:\\.|[^"\\])*"/
        let option = /--[a-z]/
        let otherPrograms = ["h5repack ", "tensorflowjs_converter "]
        let sources = Repository.root.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(atPath: sources.path))
            .compactMap { $0 as? String }
            .filter { $0.hasSuffix(".swift") && !$0.hasPrefix("KConvertCommand/") }
        #expect(files.count > 1000)
        for file in files where file != "Reports/PageStyle.swift" {
            let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            for line in text.split(separator: "\n") where line.contains("--") {
                for match in line.matches(of: literal) where match.output.contains(option) {
                    let isForeign = otherPrograms.contains { match.output.contains($0) }
                    #expect(isForeign, "\(file): \(match.output)")
                }
            }
        }
    }
}
