import Foundations
import Problems
import Tensors

/// NumPy's archive of named arrays.
package enum NPZ {
    /// The arrays of the archive, in its order, named without the ending `.npy`.
    ///
    /// - Parameter isWanted: is asked about the name of each array before it is unpacked.
    package static func read(
        path: String, where isWanted: (String) throws -> Bool = { _ in true }
    ) throws -> [(name: String, array: Tensor)] {
        try MappedFile.reading(path) { file in
            let archive = try ZipArchive(file)
            return try archive.members.filter { $0.name.hasSuffix(".npy") }.compactMap { member in
                let name = String(member.name.dropLast(4))
                guard try isWanted(name) else { return nil }
                let storage = try archive.contents(of: member)
                let bytes = UnsafeRawBufferPointer(storage.mutableBytes)
                return (name, try NPY.read(bytes, name: name))
            }
        }
    }

    /// The bytes of an archive with these arrays.
    package static func write(_ arrays: [(name: String, array: Tensor)]) throws -> [UInt8] {
        var archive = ZipWriter()
        for (name, array) in arrays { try archive.add("\(name).npy", try NPY.write(array)) }
        return try archive.finish()
    }
}
