import Archives
import CHDF5
import Foundations
import Problems
import Tensors

/// An HDF5 file open for reading.
///
/// Groups, attributes and datasets are found by libhdf5; the elements of plain datasets are read from the mapped
/// file. Objects are named by path from the root (`model_weights/conv1`). Links into other files are refused.
/// Safe to share between threads.
package final class HDF5File: @unchecked Sendable {
    /// The path as the caller named it; that of the archive for a file inside one.
    package let path: String
    /// The whole file.
    let bytes: UnsafeRawBufferPointer
    /// What keeps `bytes` alive.
    let owner: any AnyObject & Sendable
    let identifier: hid_t

    /// Opens the file at `path`.
    ///
    /// - Throws: `Problem` with the file filled in: `fileAccess`, `malformed` or `truncated`.
    package convenience init(path: String) throws {
        try self.init(MappedFile(path: path))
    }

    /// Opens a mapped file.
    package convenience init(_ mapped: MappedFile) throws {
        try self.init(path: mapped.path, bytes: mapped.bytes, owner: mapped)
    }

    /// Opens a file that lies in memory, such as a member of an archive; libhdf5 reads it there.
    package convenience init(path: String, image: MemoryRegion) throws {
        try self.init(path: path, bytes: image.bytes, owner: image.owner)
    }

    private init(
        path: String, bytes: UnsafeRawBufferPointer, owner: any AnyObject & Sendable
    ) throws {
        self.path = path
        self.bytes = bytes
        self.owner = owner
        identifier = try locating(file: path) {
            try HDF5Superblock.check(bytes)
            try HDF5Structure.check(bytes)
            return try HDF5Library.locked {
                let identifier = HDF5Image.open(bytes)
                guard identifier >= 0 else {
                    throw Problem(
                        .malformed(what: "HDF5 file", reason: HDF5Library.errorText))
                }
                return identifier
            }
        }
    }

    deinit {
        HDF5Library.locked { _ = H5Fclose(identifier) }
    }

    /// Whether there is a group or dataset at `path`.
    package func contains(_ path: String) -> Bool {
        HDF5Library.locked {
            let object = H5Oopen(identifier, rooted(path), HDF5Library.linkAccess)
            guard object >= 0 else { return false }
            H5Oclose(object)
            return true
        }
    }

    /// The names of the groups and datasets in the group at `path`, sorted; links into other files are left out.
    ///
    /// - Throws: `malformed` if there is no such group, `tooLarge` for more than a million members.
    package func members(of path: String) throws -> [(name: String, isGroup: Bool)] {
        try locating(file: self.path) {
            try HDF5Library.locked {
                try using(object: path) { try HDF5Group.members(of: $0) }
            }
        }
    }

    /// Whether the root has an attribute.
    package func has(attribute name: String) -> Bool {
        HDF5Library.locked { H5Aexists(identifier, name) > 0 }
    }

    /// The strings of an attribute of the object at `path`, trailing NULs cut off; nil for no such attribute.
    ///
    /// An array split into `name0`, `name1`, … is put together. An array without elements has no strings,
    /// whatever its type.
    ///
    /// - Throws: `malformed` if the object is missing or the attribute holds something else.
    package func strings(attribute name: String, of path: String) throws -> [String]? {
        try locating(file: self.path) {
            try HDF5Library.locked {
                try using(object: path) { object in
                    if let whole = try HDF5Attribute.strings(name, of: object) { return whole }
                    guard var parts = try HDF5Attribute.strings(name + "0", of: object) else {
                        return nil
                    }
                    var index = 1
                    while let part = try HDF5Attribute.strings(name + String(index), of: object) {
                        parts += part
                        index += 1
                    }
                    return parts
                }
            }
        }
    }

    /// The string of an attribute of the object at `path`; nil for no such attribute.
    package func string(attribute name: String, of path: String) throws -> String? {
        try locating(file: self.path) {
            try HDF5Library.locked {
                try using(object: path) { try HDF5Attribute.strings(name, of: $0)?.first }
            }
        }
    }

    /// Shape, type and place of the dataset at `path`.
    ///
    /// - Throws: `malformed` if it is missing or damaged, `unsupported` for element types that are not numbers.
    package func dataset(_ path: String) throws -> HDF5Dataset {
        try locating(file: self.path) {
            try HDF5Library.locked {
                try using(dataset: path) { try HDF5Dataset(path: path, identifier: $0, file: self) }
            }
        }
    }

    func using<Result>(dataset path: String, _ body: (hid_t) throws -> Result) throws -> Result {
        try using(object: path) { object in
            guard H5Iget_type(object) == H5I_DATASET else {
                throw Problem(
                    .malformed(what: "HDF5 file", reason: "'\(path)' is not a dataset"))
            }
            return try body(object)
        }
    }

    private func using<Result>(object path: String, _ body: (hid_t) throws -> Result) throws
        -> Result
    {
        try HDF5Library.using(
            H5Oopen(identifier, rooted(path), HDF5Library.linkAccess), H5Oclose,
            else: Problem(
                .malformed(
                    what: "HDF5 file",
                    reason: "cannot open '\(path)': \(HDF5Library.errorText)")),
            body)
    }

    private func rooted(_ path: String) -> String { "/" + path }
}
