import Archives
import Foundations
import Problems
import TFLiteFormat

/// A file with names for the elements of an output.
struct LabelFile {
    /// The name in the archive behind the model.
    let name: String
    let bytes: [UInt8]
    /// The name of the output, if it is given.
    let output: String?
    private let path: String
    private let count: Int

    /// Reads the file.
    ///
    /// - Throws: `Problem.Kind.fileAccess`, or `malformed` if it is not UTF-8 or a line before the last is empty.
    init(_ labels: MetadataOptions.Labels) throws {
        let file = try MappedFile(path: labels.path)
        bytes = Array(file.bytes)
        path = labels.path
        name = path.split(separator: "/").last.map(String.init) ?? path
        output = labels.output
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.elementsEqual(bytes) else {
            throw Problem(.malformed(what: "file of labels", reason: "it is not UTF-8"), file: path)
        }
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard !lines.isEmpty, lines.allSatisfy({ !$0.isEmpty }) else {
            throw Problem(
                .malformed(what: "file of labels", reason: "it is empty, or a line of it is"),
                file: path)
        }
        count = lines.count
    }

    /// The output that the names are for.
    ///
    /// - Parameters:
    ///   - names: the names of the outputs.
    ///   - extents: the last extents of the outputs.
    /// - Throws: `Problem.Kind.invalidArgument` if there is none, or there are several.
    func position(names: [String], extents: [Int?]) throws -> Int {
        let found = names.indices.filter { index in
            output.map { $0 == names[index] } ?? (extents[index] == count)
        }
        if found.count == 1, extents[found[0]] == count { return found[0] }
        let list = zip(names, extents).map { "'\($0)' has \($1 ?? 1)" }.joined(separator: ", ")
        throw Problem(
            .invalidArgument(
                "'\(path)' has \(count) labels, which do not tell one output by its elements: \(list)",
                remedy:
                    "Give one label in each line for one output, which can be named: OUTPUT=FILE."))
    }
}
