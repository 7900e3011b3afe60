import CHDF5

/// Lets libhdf5 read a file in memory in place, without system calls, locks or copies.
///
/// libhdf5's core driver works on an image of a file in memory, which it gets through callbacks that allocate and
/// copy it. Here they all hand out the memory itself, which is opened for reading only and outlives the HDF5 file.
enum HDF5Image {
    /// Opens the HDF5 file in `bytes`; negative on failure.
    ///
    /// The caller holds the library's lock and keeps the bytes until it has closed the file, which closes everything
    /// in it: a damaged file must not stay open for the next one at the same address.
    static func open(_ bytes: UnsafeRawBufferPointer) -> hid_t {
        let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
        let access = H5Pcreate(kc_H5P_FILE_ACCESS())
        guard access >= 0, let start else { return -1 }
        defer { H5Pclose(access) }
        var callbacks = H5FD_file_image_callbacks_t(
            image_malloc: { _, _, start in start },
            image_memcpy: { target, _, _, _, _ in target },
            image_realloc: { _, _, _, _ in nil },
            image_free: { _, _, _ in 0 },
            udata_copy: { $0 },
            udata_free: { _ in 0 },
            udata: start)
        guard H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) >= 0,
            H5Pset_fapl_core(access, 1 << 16, false) >= 0,
            H5Pset_file_image_callbacks(access, &callbacks) >= 0,
            H5Pset_file_image(access, start, bytes.count) >= 0
        else { return -1 }
        number += 1
        return H5Fopen("image-\(number)", kc_H5F_ACC_RDONLY(), access)
    }

    /// Counts the images, since libhdf5 takes images of one name for the same file; guarded by the library's lock.
    nonisolated(unsafe) private static var number = 0
}
