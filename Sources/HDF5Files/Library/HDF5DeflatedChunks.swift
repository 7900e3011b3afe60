import Archives
import CHDF5
import Foundations
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
        guard let chunks = deflated(dataset) else { return }
        try HDF5Library.using(
            H5Dget_space(dataset), H5Sclose, else: fault(HDF5Library.errorText)
        ) { space in
            var grid = try ChunkGrid(space, extents: chunks.extents, path: path)
            for _ in 0..<grid.count {
                defer { grid.advance() }
                var (mask, stored): (UInt32, hsize_t) = (0, 0)
                guard
                    H5Dget_chunk_info_by_coord(dataset, grid.offset, &mask, nil, &stored) >= 0,
                    let storedCount = Int(exactly: stored), storedCount <= Int(UInt32.max)
                else { throw fault(HDF5Library.errorText) }
                if storedCount == 0 || mask >> chunks.position & 1 != 0 { continue }
                var bytes = [UInt8](repeating: 0, count: storedCount)
                guard H5Dread_chunk(dataset, kc_H5P_DEFAULT(), grid.offset, &mask, &bytes) >= 0,
                    ZlibStream.inflatedCount(bytes, limit: chunks.size) == chunks.size
                else {
                    throw fault("chunk \(grid.offset) does not inflate to \(chunks.size) bytes")
                }
            }
        }
    }

    /// The position of the compression among the filters, and the extents and bytes of a chunk; nil without compression.
    private static func deflated(
        _ dataset: hid_t
    ) -> (position: Int32, extents: [hsize_t], size: Int)? {
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
        return (position, extents, size)
    }

    private static let deflate = HDF5Filters.deflate
}

/// The offsets of the chunks that the elements of a dataset are in, one after the other.
private struct ChunkGrid {
    /// How many chunks there are; 0 for a dataset without elements.
    let count: Int
    /// The offset of a chunk.
    private(set) var offset: [hsize_t]
    private let shape: [hsize_t]
    private let extents: [hsize_t]

    /// libhdf5 looks up each chunk.
    private static let mostChunks = 1 << 22

    /// - Throws: `tooLarge` for more chunks than can be looked up in seconds.
    init(_ space: hid_t, extents: [hsize_t], path: String) throws {
        let rank = max(Int(H5Sget_simple_extent_ndims(space)), 1)
        var shape = [hsize_t](repeating: 1, count: rank)
        H5Sget_simple_extent_dims(space, &shape, nil)
        self.shape = shape
        self.extents = Array(extents.prefix(rank))
        offset = [hsize_t](repeating: 0, count: rank)
        count = zip(shape, extents).reduce(1) { count, axis in
            saturatingProduct(count, Int(clamping: (axis.0 + axis.1 - 1) / axis.1))
        }
        guard count <= Self.mostChunks else {
            throw Problem(.tooLarge(what: "HDF5 dataset '\(path)'", value: "\(count) chunks"))
        }
    }

    /// Goes on to the next chunk; behind the last one to the first.
    mutating func advance() {
        for axis in shape.indices.reversed() {
            offset[axis] += extents[axis]
            if offset[axis] < shape[axis] { return }
            offset[axis] = 0
        }
    }
}
