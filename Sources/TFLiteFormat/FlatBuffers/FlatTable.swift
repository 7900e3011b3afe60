/// A FlatBuffers table to be written, as a tree.
struct FlatTable {
    /// A field that is written.
    struct Field {
        let slot: Int
        let value: FlatValue
    }

    /// The fields that are written, in the order of their slots.
    private(set) var fields: [Field] = []

    /// Sets a field.
    ///
    /// Slots have to ascend.
    mutating func set(_ slot: Int, _ value: FlatValue) {
        fields.append(Field(slot: slot, value: value))
    }

    /// Sets an integer, unless it is the default.
    mutating func set<Number: FixedWidthInteger>(
        _ slot: Int, _ value: Number, default defaultValue: Number = 0
    ) {
        guard value != defaultValue else { return }
        let bits = UInt64(truncatingIfNeeded: value)
        set(slot, .scalar(bits: bits, byteCount: MemoryLayout<Number>.size))
    }

    /// Sets a boolean, unless it is the default.
    mutating func set(_ slot: Int, _ value: Bool, default defaultValue: Bool = false) {
        guard value != defaultValue else { return }
        set(slot, .scalar(bits: value ? 1 : 0, byteCount: 1))
    }

    /// Sets a float, unless it is +0.
    mutating func set(_ slot: Int, _ value: Float) {
        set(slot, value.bitPattern)
    }

    /// Sets a string where there is one.
    mutating func set(_ slot: Int, _ value: String?) {
        if let value { set(slot, .string(value)) }
    }

    /// Sets a vector where it has elements.
    mutating func setUnlessEmpty(_ slot: Int, _ vector: FlatVector) {
        if vector.count > 0 { set(slot, .vector(vector)) }
    }
}

/// The content of a field of a table to be written.
indirect enum FlatValue {
    /// The low bytes of `bits`.
    case scalar(bits: UInt64, byteCount: Int)
    case string(String)
    case vector(FlatVector)
    case table(FlatTable)
    case tables([FlatTable])
    /// A byte vector that lies behind the image: the data of a buffer.
    case bufferData(buffer: Int)
    /// A 64-bit place for the position in the file of the data of a buffer.
    case bufferPosition(buffer: Int)

    /// The bytes of the field inside of its table.
    var inlineByteCount: Int {
        switch self {
        case .scalar(_, let byteCount): byteCount
        case .bufferPosition: 8
        default: 4
        }
    }
}

/// A FlatBuffers vector of scalars to be written.
struct FlatVector {
    /// The number of elements.
    let count: Int
    /// The elements, little-endian.
    let bytes: [UInt8]
    /// The alignment of the first element.
    let alignment: Int

    /// A vector of integers.
    init<Number: FixedWidthInteger>(_ elements: [Number]) {
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
    init(_ elements: [Float]) {
        self.init(elements.map(\.bitPattern))
    }

    /// A vector of booleans.
    init(_ elements: [Bool]) {
        self.init(elements.map { $0 ? 1 : 0 as UInt8 })
    }

    /// A vector of bytes whose first is aligned.
    init(bytes: [UInt8], alignment: Int) {
        self.count = bytes.count
        self.bytes = bytes
        self.alignment = alignment
    }
}
