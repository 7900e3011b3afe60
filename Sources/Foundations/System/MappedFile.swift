import CSystem
import Problems

/// A file mapped read-only into memory, unmapped with its last user.
///
/// What another process does to the file meanwhile shows in its bytes. A part that is cut off reads as zeros. `confirm` tells
/// whether anything of that kind has happened.
package final class MappedFile: @unchecked Sendable {
    /// The path as the caller named it.
    package let path: String
    /// The whole file; empty for an empty file.
    package let bytes: UnsafeRawBufferPointer
    /// The file as it was opened; nil for memory.
    private let state: FileState?
    private let mapping: OpaquePointer?

    /// Maps the file at `path`.
    ///
    /// - Parameter isInput: whether outputs are made from it, which must not replace it then.
    /// - Throws: `Problem.Kind.fileAccess` if it cannot be opened or is not a regular file.
    package init(path: String, isInput: Bool = true) throws {
        // Opening a pipe would wait for somebody who writes to it.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Problem(.fileAccess(.open, reason: systemErrorText()), file: path)
        }
        defer { close(descriptor) }
        FileLog.current?.add(path)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw Problem(.fileAccess(.read, reason: systemErrorText()), file: path)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Problem(.fileAccess(.read, reason: "not a regular file"), file: path)
        }
        let count = Int(status.st_size)
        self.path = path
        state = FileState(status)
        if isInput { ReadFiles.note(FileIdentity(status), path: path) }
        guard count > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            mapping = nil
            return
        }
        guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
            base != MAP_FAILED
        else {
            throw Problem(.fileAccess(.read, reason: systemErrorText()), file: path)
        }
        bytes = UnsafeRawBufferPointer(start: base, count: count)
        mapping = kc_watch_mapping(base, count)
    }

    /// Memory with a copy of `bytes`.
    ///
    /// - Parameter name: what messages call it.
    /// - Throws: `Problem.Kind.tooLarge` if there is not enough memory.
    package init(copying bytes: [UInt8], name: String) throws {
        path = name
        state = nil
        mapping = nil
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

    /// Whether a part of the file could not be read and was replaced by zeros.
    package var isDamaged: Bool { mapping.map { kc_is_damaged($0) != 0 } ?? false }

    /// Checks that the file is still the one that was opened, so that all bytes that have been read belong together.
    ///
    /// - Throws: `Problem.Kind.fileChanged` if it has been written to or replaced; a file that is gone passes.
    package func confirm() throws {
        guard let state else { return }
        let present = FileState(path: path)
        if isDamaged || present.map({ $0 != state }) ?? false {
            throw Problem(.fileChanged, file: path)
        }
    }

    deinit {
        if let mapping { kc_forget_mapping(mapping) }
        if let base = bytes.baseAddress {
            munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
        }
    }
}

/// The system's text for the current `errno`.
package func systemErrorText() -> String {
    String(cString: strerror(errno))
}
