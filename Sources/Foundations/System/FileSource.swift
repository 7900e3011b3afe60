/// Where the bytes of a file are.
package enum FileSource: Sendable {
    /// On the disk.
    case path(String)
    /// In memory, under a name for messages.
    case bytes([UInt8], name: String)

    /// The path; nil for a file in memory.
    package var path: String? {
        if case .path(let path) = self { path } else { nil }
    }

    /// The path, or the name for messages.
    package var name: String {
        switch self {
        case .path(let path): path
        case .bytes(_, let name): name
        }
    }
}

extension MappedFile {
    /// The bytes of a file, mapped if they are on the disk, otherwise copied.
    ///
    /// - Throws: `Problem.Kind.fileAccess` if the file cannot be opened or is not a regular file.
    package convenience init(_ source: FileSource) throws {
        switch source {
        case .path(let path): try self.init(path: path)
        case .bytes(let bytes, let name): try self.init(copying: bytes, name: name)
        }
    }
}
