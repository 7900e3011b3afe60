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

extension Command {
    /// Makes sure, before anything is written, that no output replaces an input or another output.
    ///
    /// Files are told apart by device and inode, so that links and other spellings of a path do not hide one.
    ///
    /// - Parameters:
    ///   - outputs: the files to write; nil and `-` (standard output) are passed over, as are pipes and devices.
    ///   - inputs: the files to read, as `name=path` as well.
    /// - Throws: `Failure` of wrong usage that names both files.
    static func keepApart(outputs: [String?], inputs: [String?]) throws {
        let outputs = outputs.compactMap { $0 }.filter { $0 != "-" }
        let inputs = inputs.compactMap { $0 }
        let paths =
            inputs
            + inputs.compactMap { argument in
                argument.firstIndex(of: "=").map { String(argument[argument.index(after: $0)...]) }
            }
        for (index, output) in outputs.enumerated() {
            guard outputs[..<index].allSatisfy({ $0 != output && !isSame($0, output) }) else {
                throw refused("two outputs are the file '\(output)'")
            }
            if let input = paths.first(where: { isSame($0, output) || isPart(output, of: $0) }) {
                throw refused("the output '\(output)' is the input '\(input)'")
            }
        }
    }

    /// Makes the folder of a file, with those that hold it.
    static func createFolder(of path: String) throws {
        guard let slash = path.lastIndex(of: "/") else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: String(path[..<slash]), withIntermediateDirectories: true)
        } catch {
            throw Failure.access(String(path[..<slash]), "created")
        }
    }

    private static func refused(_ reason: String) -> Failure {
        Failure(
            description: "error: \(reason).\n       Choose another path for the output.",
            code: .usage)
    }

    /// Whether a regular file belongs to an input that is several files: a folder, or a checkpoint, which is the beginning of names.
    private static func isPart(_ output: String, of input: String) -> Bool {
        guard let file = resolved(output, isFolder: false) else { return false }
        if let folder = resolved(input, isFolder: true) { return file.hasPrefix(folder + "/") }
        let stem = input.split(separator: "/", omittingEmptySubsequences: false)
        let folder = stem.count > 1 ? stem.dropLast().joined(separator: "/") + "/" : "."
        guard let name = stem.last, !name.isEmpty, resolved(input, isFolder: false) == nil,
            let resolved = resolved(folder, isFolder: true)
        else { return false }
        return file.hasPrefix("\(resolved == "/" ? "" : resolved)/\(name).")
    }

    /// The path of a regular file or of a folder without links; nil if there is none.
    private static func resolved(_ path: String, isFolder: Bool) -> String? {
        var status = stat()
        guard stat(path, &status) == 0,
            status.st_mode & S_IFMT == (isFolder ? S_IFDIR : S_IFREG),
            let text = realpath(path, nil)
        else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    /// Whether two paths lead to one regular file.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        var (first, second) = (stat(), stat())
        guard stat(a, &first) == 0, stat(b, &second) == 0 else { return false }
        return first.st_mode & S_IFMT == S_IFREG && first.st_dev == second.st_dev
            && first.st_ino == second.st_ino
    }
}
