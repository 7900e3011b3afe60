import CSystem
import Problems

/// A file that replaces another one when it is complete.
///
/// Until it is committed it has no name if the system allows that, so that nothing is left if the process ends; otherwise it has a
/// temporary name in the same folder. A symbolic link at the target stays, and what it leads to is replaced. An existing
/// file passes its permissions on.
package final class OutputFile: Output, @unchecked Sendable {
    private let path: String
    /// The path to write to, with a NUL, since links may lead to names that are not UTF-8.
    private let target: [CChar]
    /// The temporary name in the target's folder; short, since the target's own may be as long as names can be.
    private let temporaryName: [CChar]
    /// Whether the file has no name yet.
    private let isUnnamed: Bool
    private var descriptor: Int32
    private var isCommitted = false

    /// The path under which the file can be read until it is committed.
    package var temporary: String {
        isUnnamed ? "/proc/self/fd/\(descriptor)" : Self.text(temporaryName)
    }

    /// Creates the file without touching the target.
    ///
    /// - Parameter inputs: the paths of files that must not be replaced, because the output is made from them.
    /// - Throws: `Problem.Kind.invalidArgument` if the target is one of `inputs`, under any name; `fileAccess` if the folder
    ///   cannot be written or the target is not a regular file.
    package init(replacing path: String, inputs: [String] = []) throws {
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists, status.st_mode & S_IFMT != S_IFREG {
            throw Problem(.fileAccess(.replace, reason: "not a regular file"), file: path)
        }
        if exists { try ReadFiles.check(FileIdentity(status), output: path, inputs: inputs) }
        self.path = path
        target = exists ? Self.resolved(path) : Self.destination(ofLink: path)
        let folder = Self.folder(of: target) ?? Array("./".utf8CString.dropLast())
        let name = ".kconvert-\(getpid())-\(UInt32.random(in: .min ... .max)).tmp"
        temporaryName = folder + name.utf8CString
        let unnamed = kc_open_unnamed_file(folder + [0])
        let isUnnamed = unnamed >= 0
        self.isUnnamed = isUnnamed
        descriptor =
            isUnnamed
            ? unnamed : open(temporaryName, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw Problem(.fileAccess(.create, reason: systemErrorText()), file: path)
        }
        if exists { fchmod(descriptor, status.st_mode & 0o777) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if !isCommitted, !isUnnamed { unlink(temporaryName) }
    }

    /// Sets the size of the file, before it is written.
    package func reserve(_ byteCount: Int) throws {
        guard ftruncate(descriptor, off_t(byteCount)) == 0 else { throw writeProblem() }
    }

    package func write(_ bytes: UnsafeRawBufferPointer, at position: Int) throws {
        var done = 0
        while done < bytes.count {
            guard let base = bytes.baseAddress else { return }
            let count = pwrite(
                descriptor, base + done, bytes.count - done, off_t(position + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw writeProblem() }
            done += count
        }
    }

    /// Puts the file in the target's place.
    package func commit() throws {
        // What the work has read is known only now.
        if let replaced = FileIdentity(path: path) { try ReadFiles.check(replaced, output: path) }
        // Some file systems tell only when a descriptor is closed that a write has failed.
        let copy = dup(descriptor)
        guard copy >= 0, close(copy) == 0 else { throw writeProblem() }
        let status = kc_replace_file(isUnnamed ? descriptor : -1, temporaryName, target)
        guard status == 0 else {
            throw Problem(.fileAccess(.replace, reason: systemErrorText()), file: path)
        }
        isCommitted = true
    }

    private func writeProblem() -> Problem {
        Problem(.fileAccess(.write, reason: systemErrorText()), file: path)
    }

    /// The path without symbolic links, or `path` itself if the system cannot tell; with a NUL.
    private static func resolved(_ path: String) -> [CChar] {
        guard let real = realpath(path, nil) else { return Array(path.utf8CString) }
        defer { free(real) }
        return Array(UnsafeBufferPointer(start: real, count: strlen(real) + 1))
    }

    /// The path of the missing file that a symbolic link leads to; `path` itself if it is not a link; with a NUL.
    private static func destination(ofLink path: String) -> [CChar] {
        var destination = Array(path.utf8CString)
        for _ in 0..<40 {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(destination, &buffer, buffer.count)
            guard count > 0 else { break }
            let link = Array(buffer[..<count]) + [0]
            let isAbsolute = link[0] == slash
            destination = isAbsolute ? link : (folder(of: destination) ?? []) + link
        }
        return destination
    }

    private static let slash = CChar(UInt8(ascii: "/"))

    /// The part of a path up to its last slash, without a NUL; nil if it has none.
    private static func folder(of path: [CChar]) -> [CChar]? {
        path.lastIndex(of: slash).map { Array(path[...$0]) }
    }

    /// A path as text.
    private static func text(_ path: [CChar]) -> String {
        String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
