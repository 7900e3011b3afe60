/// The bytes of a FlatBuffer, laid out forwards.
///
/// Each table lies before the things it refers to, so that all its offsets are positive as the format demands. Equal
/// vtables are written once. Positions count from the start of the file.
package struct FlatImage {
    /// The bytes so far.
    package private(set) var bytes: [UInt8] = []
    /// Fields that refer to the data of buffers, in the order of their positions.
    package private(set) var bufferFields: [BufferField] = []
    private var vtables: [[UInt16]: Int] = [:]

    /// A field that is completed when the place of a buffer's data is known.
    package struct BufferField {
        /// Where the field is.
        let position: Int
        /// The buffer meant.
        package let buffer: BufferIndex
        /// Whether the field holds the position in the file (64 bits) rather than an offset to a vector (32 bits).
        package let isFilePosition: Bool
    }

    /// An image with `root` as its root table.
    ///
    /// - Parameter identifier: four characters of ASCII that name the format.
    package init(root: FlatTable, identifier: String) {
        append(UInt32(0))
        bytes.append(contentsOf: identifier.utf8)
        let position = place(root)
        patch(UInt32(truncatingIfNeeded: position), at: 0)
    }

    /// Appends zeros up to a multiple of `alignment`, after which `ahead` more bytes precede the aligned one.
    package mutating func align(to alignment: Int, ahead: Int = 0) {
        let remainder = (bytes.count + ahead) % alignment
        if remainder != 0 {
            bytes.append(contentsOf: repeatElement(0, count: alignment - remainder))
        }
    }

    /// Overwrites an integer.
    package mutating func patch(_ value: some FixedWidthInteger, at position: Int) {
        withUnsafeBytes(of: value.littleEndian) { source in
            for (index, byte) in source.enumerated() { bytes[position + index] = byte }
        }
    }

    private mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends a table and all that it refers to; the result is the table's position.
    private mutating func place(_ table: FlatTable) -> Int {
        // Fields follow the 4 bytes of the vtable offset, biggest first, so that no gaps are needed.
        let fields = table.fields.sorted {
            ($1.value.inlineByteCount, $0.slot) < ($0.value.inlineByteCount, $1.slot)
        }
        let slotCount = table.fields.reduce(0) { max($0, $1.slot + 1) }
        var vtable = [UInt16](repeating: 0, count: 2 + slotCount)
        var byteCount = 4
        for field in fields {
            vtable[2 + field.slot] = UInt16(truncatingIfNeeded: byteCount)
            byteCount += field.value.inlineByteCount
        }
        vtable[0] = UInt16(truncatingIfNeeded: vtable.count * 2)
        vtable[1] = UInt16(truncatingIfNeeded: byteCount)
        let vtablePosition = place(vtable: vtable)

        align(to: max(4, fields.first?.value.inlineByteCount ?? 4), ahead: 4)
        let position = bytes.count
        append(Int32(truncatingIfNeeded: position - vtablePosition))
        for field in fields { placeInline(field.value) }
        for field in table.fields {
            placeReferred(field.value, from: position + Int(vtable[2 + field.slot]))
        }
        return position
    }

    private mutating func place(vtable: [UInt16]) -> Int {
        if let position = vtables[vtable] { return position }
        align(to: 2)
        let position = bytes.count
        for entry in vtable { append(entry) }
        vtables[vtable] = position
        return position
    }

    private mutating func placeInline(_ value: FlatValue) {
        switch value {
        case .scalar(let bits, let byteCount):
            withUnsafeBytes(of: bits.littleEndian) {
                bytes.append(contentsOf: $0.prefix(byteCount))
            }
        case .bufferPosition(let buffer):
            bufferFields.append(
                BufferField(position: bytes.count, buffer: buffer, isFilePosition: true))
            append(UInt64(0))
        case .bufferData(let buffer):
            bufferFields.append(
                BufferField(position: bytes.count, buffer: buffer, isFilePosition: false))
            append(UInt32(0))
        case .string, .vector, .table, .tables:
            append(UInt32(0))
        }
    }

    private mutating func placeReferred(_ value: FlatValue, from field: Int) {
        let position: Int
        switch value {
        case .scalar, .bufferPosition, .bufferData: return
        case .string(let string):
            align(to: 4)
            position = bytes.count
            append(UInt32(truncatingIfNeeded: string.utf8.count))
            bytes.append(contentsOf: string.utf8)
            bytes.append(0)
        case .vector(let vector):
            align(to: vector.alignment, ahead: 4)
            position = bytes.count
            append(UInt32(truncatingIfNeeded: vector.count))
            bytes.append(contentsOf: vector.bytes)
        case .table(let table):
            position = place(table)
        case .tables(let tables):
            align(to: 4)
            position = bytes.count
            append(UInt32(truncatingIfNeeded: tables.count))
            let first = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: 4 * tables.count))
            for (index, table) in tables.enumerated() {
                let target = place(table)
                let element = first + 4 * index
                patch(UInt32(truncatingIfNeeded: target - element), at: element)
            }
        }
        patch(UInt32(truncatingIfNeeded: position - field), at: field)
    }
}
