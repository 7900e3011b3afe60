/// What tells a file from all others, whatever path leads to it.
struct FileIdentity: Hashable {
    let device: dev_t
    let index: ino_t

    init(_ status: stat) {
        device = status.st_dev
        index = status.st_ino
    }

    /// - Returns: nil if there is no such file.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}

/// A file with its size and the time of its last change, down to nanoseconds.
struct FileState: Equatable {
    private let identity: FileIdentity
    private let size: off_t
    private let seconds: Int
    private let nanoseconds: Int

    init(_ status: stat) {
        identity = FileIdentity(status)
        size = status.st_size
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        seconds = Int(time.tv_sec)
        nanoseconds = Int(time.tv_nsec)
    }

    /// - Returns: nil if there is no such file.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}
