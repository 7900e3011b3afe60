import Archives
import CHDF5
import Problems

/// The check that compressed chunks are as long as the shape of their dataset demands.
///
/// libhdf5 copies from an inflated chunk without looking at its length. The caller holds the library's lock.
enum HDF5DeflatedChunks {
    /// Checks all stored chunks of an open dataset; datasets without compression pass.
    ///
    /// - Throws: `Problem.Kind.malformed`.
    static func check(_ dataset: hid_t, path: String) throws {
        let fault = { (reason: String) in
            Problem(.malformed(what: "HDF5 dataset '\(path)'", reason: reason))
        }
        guard let (position, size) = deflated(dataset) else { return }
        try HDF5Library.using(
            H5Dget_space(dataset), H5Sclose, else: fault(HDF5Library.errorText)
        ) { space in
            var count: hsize_t = 0
            guard H5Dget_num_chunks(dataset, space, &count) >= 0 else {
                throw fault(HDF5Library.errorText)
            }
            for index in 0..<count {
                var offset = [hsize_t](repeating: 0, count: 32)
                var mask: UInt32 = 0
                var stored: hsize_t = 0
                guard
                    H5Dget_chunk_info(dataset, space, index, &offset, &mask, nil, &stored) >= 0,
                    let storedCount = Int(exactly: stored), storedCount <= Int(UInt32.max)
                else { throw fault(HDF5Library.errorText) }
                if mask >> position & 1 != 0 { continue }
                var bytes = [UInt8](repeating: 0, count: storedCount)
                guard H5Dread_chunk(dataset, kc_H5P_DEFAULT(), offset, &mask, &bytes) >= 0,
                    ZlibStream.inflatedCount(bytes, limit: size) == size
                else { throw fault("chunk \(index) does not inflate to \(size) bytes") }
            }
        }
    }

    /// The position of the compression among the filters, and the bytes of a chunk; nil without compression.
    private static func deflated(_ dataset: hid_t) -> (position: Int32, size: Int)? {
        let properties = H5Dget_create_plist(dataset)
        guard properties >= 0 else { return nil }
        defer { H5Pclose(properties) }
        let type = H5Dget_type(dataset)
        guard H5Pget_layout(properties) == H5D_CHUNKED, type >= 0 else { return nil }
        defer { H5Tclose(type) }
        let filters = 0..<max(H5Pget_nfilters(properties), 0)
        guard
            let position = filters.first(where: {
                H5Pget_filter2(properties, UInt32($0), nil, nil, nil, 0, nil, nil) == deflate
            })
        else { return nil }
        var extents = [hsize_t](repeating: 1, count: 32)
        guard H5Pget_chunk(properties, 32, &extents) >= 0 else { return nil }
        let size = extents.reduce(H5Tget_size(type)) {
            let product = $0.multipliedReportingOverflow(by: Int(clamping: $1))
            return product.overflow ? Int.max : product.partialValue
        }
        return (position, size)
    }

    private static let deflate = HDF5Filters.deflate
}
