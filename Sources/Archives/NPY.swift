import Foundations
import Problems
import Tensors

/// NumPy's format for one array.
///
/// Format: magic `\x93NUMPY`, version, header length, a Python dictionary with `descr`, `fortran_order` and `shape`, data.
package enum NPY {
    /// The byte that all such files start with.
    package static let firstByte: UInt8 = 0x93

    /// The array in `bytes`.
    ///
    /// Column-major data become row-major, big-endian elements little-endian; float16 stays float16.
    ///
    /// - Throws: `Problem.Kind.malformed` or `.unsupported` (complex numbers, objects, strings).
    package static func read(_ bytes: UnsafeRawBufferPointer, name: String) throws -> Tensor {
        let header = try NPYHeader(bytes, name: name)
        let (byteCount, overflow) = header.shape.elementCount.multipliedReportingOverflow(
            by: header.dtype.byteCount)
        guard !overflow, byteCount <= bytes.count - header.dataOffset else {
            throw Problem(.truncated(what: "array '\(name)'"))
        }
        let data = UnsafeRawBufferPointer(
            rebasing: bytes[header.dataOffset..<header.dataOffset + byteCount])
        let storedShape = header.isColumnMajor ? Shape(header.shape.dims.reversed()) : header.shape
        let storage = try TensorStorage.drawn(byteCount: byteCount, for: "array '\(name)'")
        let target = storage.mutableBytes
        target.copyMemory(from: data)
        if header.isBigEndian {
            let size = header.dtype.byteCount
            for first in stride(from: 0, to: target.count, by: size) {
                target[first..<first + size].reverse()
            }
        }
        let tensor = Tensor(dtype: header.dtype, shape: storedShape, storage: storage)
        guard header.isColumnMajor, header.shape.rank > 1 else { return tensor }
        try ResourceBudget.current.require(byteCount, for: "array '\(name)'")
        return Constant(tensor).permuted(Array((0..<header.shape.rank).reversed())).tensor()
    }

    /// The bytes of a file with one array.
    package static func write(_ tensor: Tensor) throws -> [UInt8] {
        guard let descriptor = NPYHeader.descriptors.first(where: { $0.value == tensor.dtype })
        else {
            throw Problem(
                .unsupported(
                    what: "\(tensor.dtype.rawValue) arrays cannot be written to NumPy files",
                    remedy: "Convert the array to float32 first."))
        }
        let dims = tensor.shape.dims.map { "\($0), " }.joined()
        var header =
            "{'descr': '\(descriptor.key)', 'fortran_order': False, 'shape': (\(dims)), }"
        let padding = (64 - (10 + header.utf8.count + 1) % 64) % 64
        header += String(repeating: " ", count: padding) + "\n"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        bytes += [UInt8(header.utf8.count & 0xFF), UInt8(header.utf8.count >> 8 & 0xFF)]
        bytes += Array(header.utf8)
        tensor.withBytes { bytes += $0 }
        return bytes
    }
}
