import CHDF5
import Problems

/// Listing of groups.
enum HDF5Group {
    /// The most members that are listed.
    private static let maximumCount = 1 << 20

    /// The names of the groups and datasets in an open group, sorted.
    ///
    /// Members that cannot be opened, such as links into other files, are left out, and so are links to groups elsewhere in
    /// the file, which may lead back to this one. The caller holds the library's lock.
    static func members(of group: hid_t) throws -> [(name: String, isGroup: Bool)] {
        var info = H5G_info_t()
        guard H5Gget_info(group, &info) >= 0 else {
            throw Problem(.malformed(what: "HDF5 group", reason: HDF5Library.errorText))
        }
        guard info.nlinks <= UInt64(maximumCount) else {
            throw Problem(.tooLarge(what: "HDF5 group", value: "\(info.nlinks) members"))
        }
        return try links(of: group).compactMap { name, isOwn in
            let object = H5Oopen(group, name, HDF5Library.linkAccess)
            guard object >= 0 else { return nil }
            defer { H5Oclose(object) }
            switch H5Iget_type(object) {
            case H5I_GROUP: return isOwn ? (name, true) : nil
            case H5I_DATASET: return (name, false)
            default: return nil
            }
        }
    }

    /// The names of all links, sorted, and whether the group itself holds what they lead to.
    private static func links(of group: hid_t) throws -> [(name: String, isOwn: Bool)] {
        var links: [(name: String, isOwn: Bool)] = []
        let status = withUnsafeMutablePointer(to: &links) { target in
            kc_H5Literate(
                group,
                { name, isOwn, target in
                    guard let name, let target else { return -1 }
                    target.assumingMemoryBound(to: [(name: String, isOwn: Bool)].self).pointee
                        .append((String(cString: name), isOwn != 0))
                    return 0
                }, target)
        }
        guard status >= 0 else {
            throw Problem(.malformed(what: "HDF5 group", reason: HDF5Library.errorText))
        }
        return links
    }
}
