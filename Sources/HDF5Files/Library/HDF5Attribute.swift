import CHDF5
import Problems

/// Reading of string attributes.
enum HDF5Attribute {
    /// The largest attribute that is read, in bytes or elements.
    private static let maximumSize = 1 << 28

    /// The strings of an attribute in row-major order; nil if the object has no such attribute.
    ///
    /// The caller holds the library's lock.
    static func strings(_ name: String, of object: hid_t) throws -> [String]? {
        guard H5Aexists(object, name) > 0 else { return nil }
        let fault = { (reason: String) in
            Problem(.malformed(what: "HDF5 attribute '\(name)'", reason: reason))
        }
        return try HDF5Library.using(
            H5Aopen(object, name, kc_H5P_DEFAULT()), H5Aclose, else: fault(HDF5Library.errorText)
        ) { attribute in
            let count = try elementCount(of: attribute, else: fault(HDF5Library.errorText))
            guard count > 0 else { return [] }
            guard count <= maximumSize else { throw fault("\(count) elements") }
            return try HDF5Library.using(
                H5Aget_type(attribute), H5Tclose, else: fault(HDF5Library.errorText)
            ) { type in
                guard H5Tget_class(type) == H5T_STRING else { throw fault("not a string") }
                let strings =
                    H5Tis_variable_str(type) > 0
                    ? try variable(attribute, type: type, count: count)
                    : try fixed(attribute, type: type, count: count)
                guard let strings else { throw fault(HDF5Library.errorText) }
                return strings
            }
        }
    }

    private static func elementCount(
        of attribute: hid_t, else problem: @autoclosure () -> Problem
    ) throws -> Int {
        try HDF5Library.using(H5Aget_space(attribute), H5Sclose, else: problem()) { space in
            guard let count = Int(exactly: H5Sget_simple_extent_npoints(space)), count >= 0 else {
                throw problem()
            }
            return count
        }
    }

    /// Strings of any length, or nil if libhdf5 fails.
    private static func variable(_ attribute: hid_t, type: hid_t, count: Int) throws -> [String]? {
        let memoryType = H5Tcopy(kc_H5T_C_S1())
        defer { H5Tclose(memoryType) }
        H5Tset_size(memoryType, kc_H5T_VARIABLE())
        H5Tset_cset(memoryType, H5Tget_cset(type))
        H5Tset_strpad(memoryType, H5Tget_strpad(type))
        var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
        let status = H5Aread(attribute, memoryType, &pointers)
        defer { for case let pointer? in pointers { H5free_memory(pointer) } }
        guard status >= 0 else { return nil }
        return pointers.map { $0.map { String(cString: $0) } ?? "" }
    }

    /// Strings of one length, padded with NULs or spaces, or nil if libhdf5 fails.
    private static func fixed(_ attribute: hid_t, type: hid_t, count: Int) throws -> [String]? {
        let length = H5Tget_size(type)
        let (size, overflow) = length.multipliedReportingOverflow(by: count)
        guard length > 0, !overflow, size <= maximumSize else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        guard H5Aread(attribute, type, &bytes) >= 0 else { return nil }
        let padding: UInt8 = H5Tget_strpad(type) == H5T_STR_SPACEPAD ? 0x20 : 0
        return stride(from: 0, to: size, by: length).map { start in
            let text = bytes[start..<start + length]
            let end = text.lastIndex { $0 != padding && $0 != 0 }.map { $0 + 1 } ?? start
            return String(decoding: text[..<end], as: UTF8.self)
        }
    }
}
