import Problems

/// What lies in folders.
package enum FolderListing {
    /// The most names that are read.
    private static let maximumCount = 100_000

    /// The names of the files and folders in a folder, sorted; hidden ones are left out.
    ///
    /// - Throws: `Problem.Kind.fileAccess` if it cannot be opened.
    package static func names(in path: String) throws -> [String] {
        guard let folder = opendir(path) else {
            throw Problem(.fileAccess(.open, reason: systemErrorText()), file: path)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while names.count < maximumCount, let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// The paths of the regular files whose paths begin with `prefix`, in the folder that it leads to.
    ///
    /// - Throws: `Problem.Kind.fileAccess` if the folder cannot be opened.
    package static func files(withPrefix prefix: String) throws -> [String] {
        let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
        return try names(in: folder.isEmpty ? "." : folder).map { folder + $0 }
            .filter { $0.hasPrefix(prefix) && FileStatus.isFile($0) }
    }
}
