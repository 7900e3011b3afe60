#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Command {
    /// Makes sure, before anything is written, that no output replaces an input, another output or a folder.
    ///
    /// Files are told apart by device and inode, and those that are not there yet by where they will be, so that links and other
    /// spellings of a path do not hide one.
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
            guard
                outputs[..<index].allSatisfy({ place($0) != place(output) && !isSame($0, output) })
            else { throw refused("two outputs are the file '\(output)'") }
            if let input = paths.first(where: { isSame($0, output) || isPart(output, of: $0) }) {
                throw refused("the output '\(output)' is the input '\(input)'")
            }
            guard resolved(output, isFolder: true) == nil else {
                throw refused("the output '\(output)' is a folder")
            }
        }
    }

    /// Makes the folder of a file, with those that hold it.
    static func createFolder(of path: String) throws {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let folder = String(path[..<slash])
        guard mkdir(folder, 0o777) != 0 else { return }
        let reason = errno
        guard resolved(folder, isFolder: true) == nil else { return }
        guard reason == ENOENT else { throw Failure.access(folder, "created", reason) }
        try createFolder(of: folder)
        guard mkdir(folder, 0o777) == 0 else { throw Failure.access(folder, "created") }
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

    /// Where a file is or will be, as a path of a folder without links and a name.
    private static func place(_ output: String) -> String {
        var path = output
        for _ in 0..<40 {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(path, &buffer, buffer.count - 1)
            guard count > 0 else { break }
            let link = String(
                decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
            path = link.hasPrefix("/") ? link : folder(of: path) + link
        }
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        return (resolved(folder(of: path), isFolder: true) ?? folder(of: path)) + "/" + name
    }

    /// The path up to the last slash; `./` if it has none.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
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
