import CHDF5
import Problems
import Tensors

/// Reading of datasets that are chunked, compressed, inside an object header or foreign to this machine.
enum HDF5PackedData {
    /// No filter that Keras files pass through makes data smaller than this.
    ///
    /// Deflate needs at least 1 byte for 1032.
    private static let greatestCompression = 1100
    /// The largest chunk that is unpacked, in bytes.
    private static let largestChunk = 1 << 30

    /// The elements of a dataset, converted to its `elementType`.
    ///
    /// - Throws: `malformed`, or `tooLarge` if the shape is beyond what the stored bytes can hold.
    static func read(_ dataset: HDF5Dataset, from file: HDF5File) throws -> Tensor {
        try HDF5Library.locked {
            try file.using(dataset: dataset.path) { identifier in
                let stored = Int(clamping: H5Dget_storage_size(identifier))
                try checkSize(dataset, stored: stored, identifier: identifier)
                try HDF5DeflatedChunks.check(identifier, path: dataset.path)
                let storage = try TensorStorage.drawn(
                    byteCount: dataset.elementType.byteCount(of: dataset.shape.elementCount),
                    for: "HDF5 dataset '\(dataset.path)'")
                if let start = storage.mutableBytes.baseAddress, storage.byteCount > 0 {
                    let status = try HDF5ElementType.usingMemoryType(of: identifier) {
                        H5Dread(
                            identifier, $0, kc_H5S_ALL(), kc_H5S_ALL(), kc_H5P_DEFAULT(), start)
                    }
                    guard status >= 0 else {
                        throw Problem(
                            .malformed(
                                what: "HDF5 dataset '\(dataset.path)'",
                                reason: HDF5Library.errorText))
                    }
                }
                return Tensor(
                    dtype: dataset.elementType, shape: dataset.shape, storage: storage)
            }
        }
    }

    private static func checkSize(
        _ dataset: HDF5Dataset, stored: Int, identifier: hid_t
    ) throws {
        let size = dataset.shape.elementCount.multipliedReportingOverflow(
            by: dataset.elementType.byteCount)
        let bound = stored.multipliedReportingOverflow(by: greatestCompression)
        guard !size.overflow, size.partialValue == 0 || stored > 0,
            bound.overflow || size.partialValue <= bound.partialValue,
            chunkSize(of: identifier, dataset) <= largestChunk
        else {
            throw Problem(
                .tooLarge(
                    what: "HDF5 dataset '\(dataset.path)'",
                    value: "shape \(dataset.shape) in \(stored) stored bytes"))
        }
        guard isInside(identifier) else {
            throw Problem(
                .unsupported(
                    what: "the HDF5 dataset '\(dataset.path)' is stored in another file",
                    remedy: "Save the weights again into one file."))
        }
    }

    private static func chunkSize(of identifier: hid_t, _ dataset: HDF5Dataset) -> Int {
        let properties = H5Dget_create_plist(identifier)
        guard properties >= 0 else { return 0 }
        defer { H5Pclose(properties) }
        guard H5Pget_layout(properties) == H5D_CHUNKED else { return 0 }
        var extents = [hsize_t](repeating: 1, count: dataset.shape.rank)
        guard H5Pget_chunk(properties, Int32(clamping: extents.count), &extents) >= 0 else {
            return 0
        }
        let elements = Shape(extents.map { Int(clamping: $0) }).elementCount
        let bytes = elements.multipliedReportingOverflow(by: dataset.elementType.byteCount)
        return bytes.overflow ? Int.max : bytes.partialValue
    }

    /// Whether the elements are in the file itself.
    private static func isInside(_ identifier: hid_t) -> Bool {
        let properties = H5Dget_create_plist(identifier)
        guard properties >= 0 else { return false }
        defer { H5Pclose(properties) }
        let layout = H5Pget_layout(properties)
        return (layout == H5D_CONTIGUOUS || layout == H5D_CHUNKED || layout == H5D_COMPACT)
            && H5Pget_external_count(properties) == 0
    }
}
