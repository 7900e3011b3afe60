/// What lies at a path.
package enum FileStatus {
    /// Whether there is anything, or a link to it.
    package static func exists(_ path: String) -> Bool { mode(of: path) != nil }

    /// Whether it is a regular file, or a link to one.
    package static func isFile(_ path: String) -> Bool { mode(of: path) == S_IFREG }

    /// Whether it is a folder, or a link to one.
    package static func isFolder(_ path: String) -> Bool { mode(of: path) == S_IFDIR }

    /// The size of a regular file; 0 for anything else.
    package static func byteCount(of path: String) -> Int {
        var status = stat()
        let isFile = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        return isFile ? Int(status.st_size) : 0
    }

    private static func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
