import Problems

/// A file mapped read-only into memory, unmapped with its last user.
package final class MappedFile: @unchecked Sendable {
    /// The path as the caller named it.
    package let path: String
    /// The whole file; empty for an empty file.
    package let bytes: UnsafeRawBufferPointer

    /// Maps the file at `path`.
    ///
    /// - Throws: `Problem.Kind.fileAccess` if it cannot be opened or is not a regular file.
    package init(path: String) throws {
        // Opening a pipe would wait for somebody who writes to it.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Problem(.fileAccess(.open, reason: systemErrorText()), file: path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw Problem(.fileAccess(.read, reason: systemErrorText()), file: path)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Problem(.fileAccess(.read, reason: "not a regular file"), file: path)
        }
        let count = Int(status.st_size)
        self.path = path
        guard count > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
            base != MAP_FAILED
        else {
            throw Problem(.fileAccess(.read, reason: systemErrorText()), file: path)
        }
        bytes = UnsafeRawBufferPointer(start: base, count: count)
    }

    /// Memory with a copy of `bytes`.
    ///
    /// - Parameter name: what messages call it.
    /// - Throws: `Problem.Kind.tooLarge` if there is not enough memory.
    package init(copying bytes: [UInt8], name: String) throws {
        path = name
        guard !bytes.isEmpty else {
            self.bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let base = mmap(
            nil, bytes.count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let base, base != MAP_FAILED else {
            throw Problem(.tooLarge(what: "the file", value: "\(bytes.count) bytes"), file: name)
        }
        let memory = UnsafeMutableRawBufferPointer(start: base, count: bytes.count)
        memory.copyBytes(from: bytes)
        self.bytes = UnsafeRawBufferPointer(memory)
    }

    deinit {
        if let base = bytes.baseAddress {
            munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
        }
    }
}

/// The system's text for the current `errno`.
package func systemErrorText() -> String {
    String(cString: strerror(errno))
}
