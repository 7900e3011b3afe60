import CSystem
import Problems

/// A file that replaces another one when it is complete.
///
/// It is written under a temporary name in the same folder. A symbolic link at the target stays, and what it leads to is
/// replaced. An existing file passes its permissions on.
package final class OutputFile: Output, @unchecked Sendable {
    private let path: String
    private let target: String
    /// The path under which the file can be read until it is committed.
    package let temporary: String
    private var descriptor: Int32
    private var isCommitted = false

    /// Creates the temporary file.
    ///
    /// - Throws: `Problem.Kind.fileAccess` if the folder cannot be written or the target is not a regular file.
    package init(replacing path: String) throws {
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists, status.st_mode & S_IFMT != S_IFREG {
            throw Problem(.fileAccess(.replace, reason: "not a regular file"), file: path)
        }
        self.path = path
        target = exists ? Self.resolved(path) : path
        temporary = "\(target).\(getpid())-\(UInt32.random(in: .min ... .max)).tmp"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw Problem(.fileAccess(.create, reason: systemErrorText()), file: path)
        }
        if exists { fchmod(descriptor, status.st_mode & 0o777) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if !isCommitted { unlink(temporary) }
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
        let closed = close(descriptor)
        descriptor = -1
        guard closed == 0 else { throw writeProblem() }
        // Both are one step; but renaming over a file makes some file systems write out all data first.
        if kc_exchange_files(temporary, target) == 0 {
            unlink(temporary)
        } else if rename(temporary, target) != 0 {
            throw Problem(.fileAccess(.replace, reason: systemErrorText()), file: path)
        }
        isCommitted = true
    }

    private func writeProblem() -> Problem {
        Problem(.fileAccess(.write, reason: systemErrorText()), file: path)
    }

    /// The path without symbolic links, or `path` itself if the system cannot tell.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
