/// A FlatBuffers table to be written, as a tree.
package struct FlatTable {
    /// A field that is written.
    package struct Field {
        package let slot: Int
        package let value: FlatValue
    }

    /// The fields that are written, in the order of their slots.
    package private(set) var fields: [Field] = []

    /// A table without fields.
    package init() {}

    /// Sets a field.
    ///
    /// Slots have to ascend.
    package mutating func set(_ slot: Int, _ value: FlatValue) {
        fields.append(Field(slot: slot, value: value))
    }

    /// Sets an integer, unless it is the default.
    package mutating func set<Number: FixedWidthInteger>(
        _ slot: Int, _ value: Number, default defaultValue: Number = 0
    ) {
        guard value != defaultValue else { return }
        let bits = UInt64(truncatingIfNeeded: value)
        set(slot, .scalar(bits: bits, byteCount: MemoryLayout<Number>.size))
    }

    /// Sets a boolean, unless it is the default.
    package mutating func set(_ slot: Int, _ value: Bool, default defaultValue: Bool = false) {
        guard value != defaultValue else { return }
        set(slot, .scalar(bits: value ? 1 : 0, byteCount: 1))
    }

    /// Sets a float, unless it is +0.
    package mutating func set(_ slot: Int, _ value: Float) {
        set(slot, value.bitPattern)
    }

    /// Sets a string if there is one.
    package mutating func set(_ slot: Int, _ value: String?) {
        if let value { set(slot, .string(value)) }
    }

    /// Sets a vector if it has elements.
    package mutating func setUnlessEmpty(_ slot: Int, _ vector: FlatVector) {
        if vector.count > 0 { set(slot, .vector(vector)) }
    }
}

/// The content of a field of a table to be written.
package indirect enum FlatValue {
    /// The low bytes of `bits`.
    case scalar(bits: UInt64, byteCount: Int)
    case string(String)
    case vector(FlatVector)
    case table(FlatTable)
    case tables([FlatTable])
    /// A byte vector that lies behind the image: the data of a buffer.
    case bufferData(buffer: BufferIndex)
    /// A 64-bit place for the position in the file of the data of a buffer.
    case bufferPosition(buffer: BufferIndex)

    /// The bytes of the field inside of its table.
    package var inlineByteCount: Int {
        switch self {
        case .scalar(_, let byteCount): byteCount
        case .bufferPosition: 8
        default: 4
        }
    }
}

/// A FlatBuffers vector of scalars to be written.
package struct FlatVector {
    /// The number of elements.
    package let count: Int
    /// The elements, little-endian.
    package let bytes: [UInt8]
    /// The alignment of the first element.
    package let alignment: Int

    /// A vector of integers.
    package init<Number: FixedWidthInteger>(_ elements: [Number]) {
        count = elements.count
        alignment = Swift.max(4, MemoryLayout<Number>.size)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(elements.count * MemoryLayout<Number>.size)
        for element in elements {
            withUnsafeBytes(of: element.littleEndian) { bytes.append(contentsOf: $0) }
        }
        self.bytes = bytes
    }

    /// A vector of floats.
    package init(_ elements: [Float]) {
        self.init(elements.map(\.bitPattern))
    }

    /// A vector of booleans.
    package init(_ elements: [Bool]) {
        self.init(elements.map { $0 ? 1 : 0 as UInt8 })
    }

    /// A vector of bytes whose first is aligned.
    package init(bytes: [UInt8], alignment: Int) {
        self.count = bytes.count
        self.bytes = bytes
        self.alignment = alignment
    }
}
