import KConvert

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The models of a folder or a list.
struct BatchSources {
    /// A model.
    struct Entry {
        /// Its path as the report shows it.
        let name: String
        /// The model, and its weights if it is an architecture.
        var files: [String] = []
        /// A file of options that names the model instead.
        var config: String?
        /// The path of the file to write, in the folder of the batch.
        var output: String
    }

    /// The models, in the order of their paths or of the list; no two have the same output.
    let entries: [Entry]

    /// Finds the models.
    ///
    /// In a folder, and in the folders in it, these are SavedModels, `.keras` archives, architectures with weights of the same
    /// name beside them, other HDF5 files, and files of options (`kconvert.json`, `*.kconvert.json`).
    ///
    /// - Throws: `Command.Failure` if there is nothing at the path, or no model.
    init(_ path: String) throws {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Command.Failure.access(path, "read", ENOENT)
        }
        let found = isFolder ? try Self.models(in: path) : try Self.list(path)
        guard !found.isEmpty else {
            throw Command.Failure(
                description: "error: file '\(path)': there are no models in it.\n"
                    + "       Give a folder with models or a list with one model a line.",
                code: .usage)
        }
        entries = Self.withUniqueOutputs(found)
    }

    private static func models(in folder: String) throws -> [Entry] {
        let names: [String]
        do {
            names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
        } catch {
            throw Command.Failure.access(folder, "read")
        }
        let all = Set(names)
        let saved = names.filter { all.contains($0 + "/saved_model.pb") }
        let outside = names.filter { name in !saved.contains { name.hasPrefix($0 + "/") } }
        let pairs = outside.compactMap { name in
            weights(of: name, among: all).map { (name, $0) }
        }
        let isWeights = Set(pairs.map(\.1))
        let paired = Dictionary(pairs) { first, _ in first }
        return outside.compactMap { name in
            func entry(_ files: [String]) -> Entry {
                Entry(
                    name: name, files: files.map { "\(folder)/\($0)" },
                    output: stem(of: name) + ".tflite")
            }
            if name.hasSuffix("kconvert.json") {
                var entry = entry([])
                entry.config = "\(folder)/\(name)"
                return entry
            }
            if let weights = paired[name] { return entry([name, weights]) }
            let isWhole = [".keras", ".h5", ".hdf5"].contains { name.lowercased().hasSuffix($0) }
            return saved.contains(name) || isWhole && !isWeights.contains(name)
                ? entry([name]) : nil
        }
    }

    /// The weights beside an architecture; nil if there are none or it is something else.
    private static func weights(of name: String, among all: Set<String>) -> String? {
        let endings = [".json", ".yaml", ".yml"]
        guard endings.contains(where: { name.lowercased().hasSuffix($0) }) else { return nil }
        let stem = stem(of: name)
        let candidates = [".weights.h5", ".h5", ".hdf5", "_weights.h5"].map { stem + $0 }
        return candidates.first { all.contains($0) }
            ?? (all.contains(stem + ".ckpt.index") ? stem + ".ckpt" : nil)
    }

    /// The models of a text file: on each line one, and its weights after a tab or spaces; `#` begins a comment.
    private static func list(_ path: String) throws -> [Entry] {
        let text = String(decoding: try Command.readFile(path), as: UTF8.self)
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            let separator: Character = line.contains("\t") ? "\t" : " "
            let names = line.split(separator: separator).map(String.init)
            guard let first = names.first, !first.hasPrefix("#") else { return nil }
            let paths = names.map { $0.hasPrefix("/") ? $0 : folder + $0 }
            let name = first.split(separator: "/").last.map(String.init) ?? first
            var entry = Entry(name: first, output: stem(of: name) + ".tflite")
            if first.hasSuffix("kconvert.json") {
                entry.config = paths[0]
            } else {
                entry.files = paths
            }
            return entry
        }
    }

    private static func stem(of name: String) -> String {
        let last = name.lastIndex(of: "/").map { name[$0...].dropFirst() } ?? name[...]
        guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return name }
        return String(name[..<dot])
    }

    /// The entries, of which those that would be written to one file keep the ending of the model's name or get a number.
    private static func withUniqueOutputs(_ entries: [Entry]) -> [Entry] {
        var counts: [String: Int] = [:]
        for entry in entries { counts[entry.output, default: 0] += 1 }
        var used: Set<String> = []
        return entries.map { entry in
            var entry = entry
            if counts[entry.output, default: 0] > 1 {
                let name = entry.name.split(separator: "/").last.map(String.init) ?? entry.name
                let folder = entry.output.lastIndex(of: "/").map { entry.output[...$0] } ?? ""
                entry.output = folder + name + ".tflite"
            }
            var number = 2
            let stem = entry.output.dropLast(".tflite".count)
            while !used.insert(entry.output).inserted {
                entry.output = "\(stem)-\(number).tflite"
                number += 1
            }
            return entry
        }
    }
}
