import CSystem
import Problems

/// A file that replaces another one when it is complete.
///
/// Until it is committed it has no name if the system allows that, so that nothing is left if the process ends; otherwise it has a
/// temporary name in the same folder. A symbolic link at the target stays, and what it leads to is replaced. An existing
/// file passes its permissions on.
package final class OutputFile: Output, @unchecked Sendable {
    private let path: String
    private let target: String
    /// The temporary name in the target's folder; short, since the target's own may be as long as names can be.
    private let temporaryName: String
    /// Whether the file has no name yet.
    private let isUnnamed: Bool
    private var descriptor: Int32
    private var isCommitted = false

    /// The path under which the file can be read until it is committed.
    package var temporary: String {
        isUnnamed ? "/proc/self/fd/\(descriptor)" : temporaryName
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
        if exists,
            let input = inputs.first(where: { FileIdentity(path: $0) == FileIdentity(status) })
        {
            throw Problem(
                .invalidArgument(
                    "the output '\(path)' is the input '\(input)'",
                    remedy: "Choose another path for the output."))
        }
        self.path = path
        let target = exists ? Self.resolved(path) : Self.destination(ofLink: path)
        self.target = target
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "./"
        temporaryName = "\(folder).kconvert-\(getpid())-\(UInt32.random(in: .min ... .max)).tmp"
        let unnamed = kc_open_unnamed_file(folder)
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
        // Some file systems tell only when a descriptor is closed that a write has failed.
        let copy = dup(descriptor)
        guard copy >= 0, close(copy) == 0 else { throw writeProblem() }
        if isUnnamed, kc_name_file(descriptor, target) == 0 {
            isCommitted = true
            return
        }
        if isUnnamed, kc_name_file(descriptor, temporaryName) != 0 { throw replaceProblem() }
        // Both are one step; but renaming over a file makes some file systems write out all data first.
        if kc_exchange_files(temporaryName, target) == 0 {
            unlink(temporaryName)
        } else if rename(temporaryName, target) != 0 {
            let problem = replaceProblem()
            unlink(temporaryName)
            throw problem
        }
        isCommitted = true
    }

    private func writeProblem() -> Problem {
        Problem(.fileAccess(.write, reason: systemErrorText()), file: path)
    }

    private func replaceProblem() -> Problem {
        Problem(.fileAccess(.replace, reason: systemErrorText()), file: path)
    }

    /// The path without symbolic links, or `path` itself if the system cannot tell.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// The path of the missing file that a symbolic link leads to; `path` itself if it is not a link.
    private static func destination(ofLink path: String) -> String {
        var destination = path
        for _ in 0..<40 {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(destination, &buffer, buffer.count)
            guard count > 0 else { break }
            let link = String(
                decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
            let folder = destination.lastIndex(of: "/").map { String(destination[...$0]) } ?? ""
            destination = link.hasPrefix("/") ? link : folder + link
        }
        return destination
    }
}
