import CHDF5
import Problems

/// Listing of groups.
enum HDF5Group {
    /// The most members that are listed.
    private static let maximumCount = 1 << 20
    /// The longest name that is read, in bytes.
    private static let maximumNameLength = 1 << 16

    /// The names of the groups and datasets in an open group, sorted.
    ///
    /// Members that cannot be opened, such as links into other files, are left out. The caller holds the library's lock.
    static func members(of group: hid_t) throws -> [(name: String, isGroup: Bool)] {
        var info = H5G_info_t()
        guard H5Gget_info(group, &info) >= 0 else {
            throw Problem(.malformed(what: "HDF5 group", reason: HDF5Library.errorText))
        }
        guard info.nlinks <= UInt64(maximumCount) else {
            throw Problem(.tooLarge(what: "HDF5 group", value: "\(info.nlinks) members"))
        }
        return try (0..<info.nlinks).compactMap { index in
            let name = try name(at: index, in: group)
            let object = H5Oopen(group, name, HDF5Library.linkAccess)
            guard object >= 0 else { return nil }
            defer { H5Oclose(object) }
            switch H5Iget_type(object) {
            case H5I_GROUP: return (name, true)
            case H5I_DATASET: return (name, false)
            default: return nil
            }
        }
    }

    private static func name(at index: hsize_t, in group: hid_t) throws -> String {
        let read = { (buffer: UnsafeMutablePointer<CChar>?, size: Int) in
            H5Lget_name_by_idx(
                group, ".", H5_INDEX_NAME, H5_ITER_INC, index, buffer, size, kc_H5P_DEFAULT())
        }
        let length = read(nil, 0)
        guard length >= 0, length <= maximumNameLength else {
            throw Problem(.malformed(what: "HDF5 group", reason: HDF5Library.errorText))
        }
        var bytes = [CChar](repeating: 0, count: length + 1)
        guard read(&bytes, bytes.count) == length else {
            throw Problem(.malformed(what: "HDF5 group", reason: HDF5Library.errorText))
        }
        return String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
