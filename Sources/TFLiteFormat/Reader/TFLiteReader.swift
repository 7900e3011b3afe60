import Foundations
import Problems
import Tensors

/// Reads TFLite files of any maker.
///
/// Every offset, count and index is checked, so that no bytes whatsoever can cause a trap, a read outside of the file or
/// memory out of proportion to its size.
package enum TFLiteReader {
    /// Reads the file at `path`.
    ///
    /// Constants are not copied: their sources refer to the mapped file.
    ///
    /// - Throws: `Problem.Kind.fileAccess`, `malformed` or `truncated`, and `unsupportedOperator` for an operator
    ///   without a name here.
    package static func read(path: String) throws -> TFLiteModel {
        try read(MappedFile(path: path))
    }

    /// Reads a mapped file.
    ///
    /// - Throws: as `read(path:)`.
    package static func read(_ file: MappedFile) throws -> TFLiteModel {
        try locating(file: file.path) { try read(file.bytes, owner: file) }
    }

    /// Reads a file that lies in memory.
    ///
    /// - Throws: as `read(path:)`.
    package static func read(_ bytes: [UInt8]) throws -> TFLiteModel {
        let storage = TensorStorage(byteCount: bytes.count)
        storage.mutableBytes.copyBytes(from: bytes)
        return try read(UnsafeRawBufferPointer(storage.mutableBytes), owner: storage)
    }

    /// Reads a file that lies in memory that `owner` keeps alive.
    ///
    /// Constants are not copied.
    ///
    /// - Throws: as `read(path:)`.
    package static func read(
        _ bytes: UnsafeRawBufferPointer, owner: AnyObject
    ) throws -> TFLiteModel {
        let model = try TableDecoder.model(bytes, owner: owner)
        try ModelCheck(model).run()
        return model
    }
}
