import Problems

extension HDF5Check {
    /// Checks an attribute: that name, type, shape and elements lie in its message and strings in their heaps.
    mutating func checkAttribute(_ message: inout HDF5Cursor) throws {
        let version = try message.read(UInt8.self)
        try message.require((1...3).contains(version))
        let flags = try message.read(UInt8.self)
        let nameSize = try message.readInt(UInt16.self)
        let typeSize = try message.readInt(UInt16.self)
        let spaceSize = try message.readInt(UInt16.self)
        if version == 3 { try message.skip(1) }
        let padded = { (size: Int) in version == 1 ? (size + 7) / 8 * 8 : size }
        let name = try message.piece(padded(nameSize), what: "attribute name")
        try name.require(name.holdsString(at: 0))
        var typeMessage = try message.piece(padded(typeSize), what: "attribute type")
        var spaceMessage = try message.piece(padded(spaceSize), what: "attribute shape")
        guard version == 1 || flags == 0 else { return }
        let type = try HDF5TypeCheck.check(&typeMessage)
        guard let count = try dataspace(&spaceMessage).count else { throw message.fault }
        let size = count.multipliedReportingOverflow(by: type.size)
        try message.require(!size.overflow && size.partialValue <= message.remaining)
        guard type.isVariableLength else { return }
        try message.require(type.size == 16)
        for _ in 0..<count { try checkGlobalString(&message) }
    }

    /// Checks a reference to a string of any length.
    private mutating func checkGlobalString(_ reference: inout HDF5Cursor) throws {
        let length = try reference.readInt(UInt32.self)
        let address = try reference.read(UInt64.self)
        let index = try reference.read(UInt32.self)
        guard length > 0, address != 0, address != HDF5Space.undefined else { return }
        let objects = try globalHeaps[address] ?? readGlobalHeap(at: address)
        globalHeaps[address] = objects
        let size = UInt16(exactly: index).flatMap { objects[$0] }
        try reference.require(length <= size ?? -1)
    }

    /// The sizes of the objects of a global heap by index.
    private func readGlobalHeap(at address: UInt64) throws -> [UInt16: Int] {
        var header = try space.piece(at: address, count: 16, what: "string heap")
        try header.expect("GCOL")
        try header.require(try header.read(UInt8.self) == 1)
        try header.skip(3)
        let total = try header.readInt(UInt64.self)
        try header.require(total >= 4096)
        var heap = try space.piece(at: address, count: total, what: "string heap")
        try heap.skip(16)
        var sizes: [UInt16: Int] = [:]
        while heap.remaining >= 16 {
            let index = try heap.read(UInt16.self)
            try heap.skip(6)
            let size = try heap.readInt(UInt64.self)
            if index == 0 {
                try heap.require(size >= 16)
                try heap.skip(size - 16)
            } else {
                try heap.require(size <= heap.remaining && sizes[index] == nil)
                try heap.skip((size + 7) / 8 * 8)
                sizes[index] = size
            }
        }
        return sizes
    }
}

/// Checks descriptions of element types.
enum HDF5TypeCheck {
    /// The size of an element and whether it refers to a global heap.
    static func check(
        _ message: inout HDF5Cursor, depth: Int = 0
    ) throws -> (size: Int, isVariableLength: Bool) {
        let classAndVersion = try message.read(UInt8.self)
        try message.require((1...4).contains(classAndVersion >> 4) && depth < 8)
        let flags = (
            try message.read(UInt8.self), try message.read(UInt8.self),
            try message.read(UInt8.self)
        )
        let size = try message.readInt(UInt32.self)
        try message.require(size > 0)
        switch classAndVersion & 0x0F {
        case 0:
            try checkBits(&message, size: size)
        case 1:
            try checkBits(&message, size: size)
            try checkFloat(&message, signPosition: Int(flags.1), size: size)
        case 8:
            let base = try check(&message, depth: depth + 1)
            try message.require(base.size == size)
            try message.skip((Int(flags.0) + Int(flags.1) << 8) * (size + 1))
        case 9:
            _ = try check(&message, depth: depth + 1)
            return (size, true)
        default:
            break
        }
        return (size, false)
    }

    private static func checkBits(_ message: inout HDF5Cursor, size: Int) throws {
        try message.require(size <= 16)
        let offset = try message.readInt(UInt16.self)
        let precision = try message.readInt(UInt16.self)
        try message.require(precision > 0 && offset + precision <= 8 * size)
    }

    /// Checks that sign, exponent and mantissa are inside the element and apart from each other.
    private static func checkFloat(
        _ message: inout HDF5Cursor, signPosition: Int, size: Int
    ) throws {
        let exponent = try message.readInt(UInt8.self)
        let exponentSize = try message.readInt(UInt8.self)
        let mantissa = try message.readInt(UInt8.self)
        let mantissaSize = try message.readInt(UInt8.self)
        try message.skip(4)
        let bits = 8 * size
        try message.require(
            signPosition < bits && exponentSize > 0 && exponent + exponentSize <= bits
                && mantissaSize > 0 && mantissa + mantissaSize <= bits
                && !(exponent..<exponent + exponentSize).contains(signPosition)
                && !(mantissa..<mantissa + mantissaSize).contains(signPosition)
                && !(exponent..<exponent + exponentSize).overlaps(
                    mantissa..<mantissa + mantissaSize)
        )
    }
}
