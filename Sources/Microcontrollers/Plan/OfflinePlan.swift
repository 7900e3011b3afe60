import TFLiteFormat

/// Places of tensors that a file brings with it, so that the runtime does not have to find them.
struct OfflinePlan {
    /// The name of the metadata.
    static let name = "OfflineMemoryAllocation"

    /// The offset of each tensor of all subgraphs, from the start of the arena; nil if the runtime plans it.
    ///
    /// Empty if the file has no plan.
    var offsets: [Int?]

    init(_ offsets: [Int?]) {
        self.offsets = offsets
    }

    /// The plan of a file.
    ///
    /// - Throws: what the source of the buffer throws.
    init(of model: TFLiteModel) throws {
        let entry = model.metadata.last { $0.name == Self.name }
        guard let buffer = entry?.buffer, let bytes = try model[buffer].source?.bytes(),
            bytes.count >= 12
        else {
            offsets = []
            return
        }
        let numbers = stride(from: 0, to: bytes.count - 3, by: 4).map { start in
            bytes[start..<start + 4].reversed().reduce(Int32(0)) { $0 << 8 | Int32($1) }
        }
        offsets = numbers.dropFirst(3).prefix(max(0, Int(numbers[2]))).map {
            $0 == -1 ? nil : Int($0)
        }
    }

    /// The plan as the metadata of a file holds it.
    func bytes(subgraphs: Int) -> [UInt8] {
        let header = [1, Int32(subgraphs), Int32(offsets.count)]
        return (header + offsets.map { Int32($0 ?? -1) }).flatMap { number in
            withUnsafeBytes(of: number.littleEndian) { Array($0) }
        }
    }
}
