import Problems
import Tensors

/// NumPy's archive of named arrays.
package enum NPZ {
    /// All arrays of the archive, in its order, named without the ending `.npy`.
    package static func read(path: String) throws -> [(name: String, array: Tensor)] {
        let archive = try ZipArchive(path: path)
        return try archive.members.filter { $0.name.hasSuffix(".npy") }.map { member in
            let name = String(member.name.dropLast(4))
            let storage = try archive.contents(of: member)
            let array = try locating(file: path) {
                try NPY.read(UnsafeRawBufferPointer(storage.mutableBytes), name: name)
            }
            return (name, array)
        }
    }

    /// The bytes of an archive with these arrays.
    package static func write(_ arrays: [(name: String, array: Tensor)]) throws -> [UInt8] {
        var archive = ZipWriter()
        for (name, array) in arrays { try archive.add("\(name).npy", try NPY.write(array)) }
        return try archive.finish()
    }
}
