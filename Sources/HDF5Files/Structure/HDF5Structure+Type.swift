/// What has to be known of an element type.
struct HDF5StoredType {
    /// The number of the type's class in the file.
    let kind: Int
    /// The bytes of an element.
    let size: Int
    /// The bytes of an item of a variable-length element; 0 for other types.
    var itemSize = 0

    static let variableLength = 9
}

/// Datatype messages of versions 1 to 3.
extension HDF5Structure {
    private static let deepestType = 8
    /// The largest number that is read, in bytes; that of a fixed-length text may be any.
    private static let largestNumber = 16

    /// Checks an element type.
    func storedType(_ cursor: inout HDF5StructureCursor, depth: Int = 0) throws -> HDF5StoredType {
        guard depth < Self.deepestType else { throw cursor.fault("a type nested too deeply") }
        let start = cursor
        let head = try cursor.byte()
        let (version, kind) = (head >> 4, head & 15)
        guard version <= 3 else { throw Self.newer("a type of version \(version)") }
        guard version > 0 else { throw start.fault("version 0 of a type") }
        let flags = Int(try cursor.unsigned(3))
        let size = try cursor.uint32()
        guard size > 0 else { throw start.fault("a type without size") }
        var type = HDF5StoredType(kind: kind, size: size)
        let isSound: Bool
        switch kind {
        case 0, 4:
            isSound = try bits(&cursor, size: size) != nil && flags >> 4 == 0
        case 1: isSound = try isFloat(&cursor, size: size, flags: flags)
        case 2: isSound = try cursor.uint16() <= 8 * size && size <= Self.largestNumber
        case 3: isSound = flags & 15 <= 2 && flags >> 4 & 15 <= 1
        case 5:
            try cursor.skip(flags & 0xFF)
            isSound = true
        case 6:
            try checkCompound(
                &cursor, version: version, size: size, members: flags & 0xFFFF, depth: depth)
            isSound = true
        case 7:
            let width = format.addressSize
            isSound = flags & 15 <= 1 && size == (flags & 15 == 0 ? width : width + 4)
        case 8:
            isSound = try isEnumeration(
                &cursor, version: version, size: size, members: flags & 0xFFFF, depth: depth)
        case HDF5StoredType.variableLength:
            type.itemSize = try storedType(&cursor, depth: depth + 1).size
            isSound =
                flags & 15 <= 1 && flags >> 4 & 15 <= 2 && flags >> 8 & 15 <= 1
                && size == format.addressSize + 8 && (flags & 15 == 0 || type.itemSize == 1)
        case 10: isSound = try isArray(&cursor, version: version, size: size, depth: depth)
        default: isSound = false
        }
        guard isSound else { throw start.fault("a type of class \(kind) contradicts itself") }
        return type
    }

    /// Passes the place of the bits of a number; nil if they do not fit.
    private func bits(_ cursor: inout HDF5StructureCursor, size: Int) throws -> Range<Int>? {
        let offset = try cursor.uint16()
        let precision = try cursor.uint16()
        guard precision > 0, offset + precision <= 8 * size, size <= Self.largestNumber else {
            return nil
        }
        return offset..<offset + precision
    }

    private func isFloat(_ cursor: inout HDF5StructureCursor, size: Int, flags: Int) throws -> Bool
    {
        let bits = try bits(&cursor, size: size)
        let sign = flags >> 8 & 0xFF
        let exponentStart = try cursor.byte()
        let exponent = exponentStart..<exponentStart + (try cursor.byte())
        let mantissaStart = try cursor.byte()
        let mantissa = mantissaStart..<mantissaStart + (try cursor.byte())
        try cursor.skip(4)
        guard let bits, !exponent.isEmpty, !mantissa.isEmpty else { return false }
        let isPlaced =
            sign < bits.upperBound && exponent.upperBound <= bits.upperBound
            && mantissa.upperBound <= bits.upperBound
        return isPlaced && !exponent.overlaps(mantissa) && !exponent.contains(sign)
            && !mantissa.contains(sign) && exponent.count <= 16 && flags & 0x40 == 0
            && flags >> 4 & 3 <= 2
    }

    private func isEnumeration(
        _ cursor: inout HDF5StructureCursor, version: Int, size: Int, members: Int, depth: Int
    ) throws -> Bool {
        let base = try storedType(&cursor, depth: depth + 1)
        for _ in 0..<members { try memberName(&cursor, version: version) }
        try cursor.skip(members * base.size)
        return base.kind == 0 && base.size == size && members > 0
    }

    private func isArray(
        _ cursor: inout HDF5StructureCursor, version: Int, size: Int, depth: Int
    ) throws -> Bool {
        guard version > 1 else { return false }
        let rank = try cursor.byte(in: 1...32, "rank")
        if version == 2 { try cursor.skip(3) }
        var count = 1
        for _ in 0..<rank {
            let product = count.multipliedReportingOverflow(by: try cursor.uint32())
            guard !product.overflow, product.partialValue > 0 else { return false }
            count = product.partialValue
        }
        if version == 2 { try cursor.skip(4 * rank) }
        let base = try storedType(&cursor, depth: depth + 1)
        let product = count.multipliedReportingOverflow(by: base.size)
        return !product.overflow && product.partialValue == size
    }

    private func checkCompound(
        _ cursor: inout HDF5StructureCursor, version: Int, size: Int, members: Int, depth: Int
    ) throws {
        guard members > 0 else { throw cursor.fault("a type without members") }
        let offsetWidth = size < 1 << 8 ? 1 : size < 1 << 16 ? 2 : size < 1 << 24 ? 3 : 4
        for _ in 0..<members {
            try memberName(&cursor, version: version)
            let offset = Int(try cursor.unsigned(version < 3 ? 4 : offsetWidth))
            if version == 1 {
                // Arrays are types of their own in later versions; libhdf5 sizes these by itself.
                guard try cursor.byte() == 0 else { throw cursor.fault("a member of rank > 0") }
                try cursor.skip(27)
            }
            let member = try storedType(&cursor, depth: depth + 1)
            guard offset + member.size <= size else { throw cursor.fault("a member outside") }
        }
    }

    private func memberName(_ cursor: inout HDF5StructureCursor, version: Int) throws {
        let length = try cursor.text()
        guard length > 0 else { throw cursor.fault("a member without a name") }
        if version < 3 { try cursor.skip(7 - length % 8) }
    }
}
