import Foundations
import HDF5Files

/// Mutates fields of the structures of an HDF5 file and makes their checksums right again.
enum HDF5Mutator {
    private static let signatures = [
        "TREE", "HEAP", "SNOD", "GCOL", "OHDR", "OCHK", "FRHP", "FHDB", "FHIB", "BTHD", "BTIN",
        "BTLF", "FAHD", "FADB", "EAHD", "EAIB", "EASB", "EADB",
    ]
    private static let checksummed: Set<String> = [
        "OHDR", "OCHK", "FRHP", "FHIB", "BTHD", "BTIN", "BTLF", "FAHD", "FADB", "EAHD", "EAIB",
        "EASB", "EADB",
    ]
    /// Beyond this nothing of a structure is mutated, and no checksum looked for.
    private static let longest = 2048

    private struct Structure {
        let kind: String
        let range: Range<Int>
    }

    /// - Returns: nil for bytes without structures.
    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        let structures = structures(of: bytes)
        guard !structures.isEmpty else { return nil }
        let places = structures.map(\.range.lowerBound)
        var result = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            guard let structure = structures.randomElement(using: &generator) else { return nil }
            let size = checksummed.contains(structure.kind) ? summedSize(result, structure) : nil
            let end = size.map { structure.range.lowerBound + $0 } ?? structure.range.upperBound
            let fields = structure.range.lowerBound + 4..<max(end, structure.range.lowerBound + 4)
            if Int.random(in: 0..<8, using: &generator) == 0 {
                copy(structure, from: structures, &result, &generator)
            } else {
                Fields.overwrite(&result, in: fields, places: places, &generator)
            }
            if let size { repair(&result, at: structure.range.lowerBound, size: size) }
        }
        return result
    }

    /// The structures with a signature, and the object headers of the old format that symbols name.
    private static func structures(of bytes: [UInt8]) -> [Structure] {
        var starts: [(position: Int, kind: String)] = [(0, "superblock")]
        let words = signatures.map { (Array($0.utf8), $0) }
        let letters = Set(words.compactMap(\.0.first))
        for position in bytes.indices.dropLast(3) where letters.contains(bytes[position]) {
            guard let found = words.first(where: { bytes[position...].starts(with: $0.0) }) else {
                continue
            }
            starts.append((position, found.1))
            if found.1 == "SNOD" { starts += headers(bytes, symbolsAt: position) }
        }
        starts.sort { $0.position < $1.position }
        return starts.indices.map { index in
            let start = starts[index].position
            let next = index + 1 < starts.count ? starts[index + 1].position : bytes.count
            return Structure(
                kind: starts[index].kind, range: start..<max(start, min(next, start + longest)))
        }
    }

    private static func headers(_ bytes: [UInt8], symbolsAt position: Int) -> [(Int, String)] {
        let count = position + 7 < bytes.count ? Int(bytes[position + 6]) : 0
        return (0..<count).compactMap { index in
            let field = position + 16 + 40 * index
            guard field + 8 <= bytes.count else { return nil }
            let address =
                Int(bytes[field]) | Int(bytes[field + 1]) << 8
                | Int(bytes[field + 2]) << 16
            return address < bytes.count ? (address, "header") : nil
        }
    }

    /// The bytes in front of a structure's checksum; nil if it has none or it is wrong.
    private static func summedSize(_ bytes: [UInt8], _ structure: Structure) -> Int? {
        let start = structure.range.lowerBound
        let known = ["BTHD": 34, "FRHP": 142, "FAHD": 24][structure.kind]
        let limit = min(longest, bytes.count - start - 4)
        let sizes = known.map { $0...$0 } ?? 8...max(limit, 8)
        return sizes.first { size in
            size <= limit && checksum(bytes, start, size) == stored(bytes, start + size)
        }
    }

    private static func repair(_ bytes: inout [UInt8], at start: Int, size: Int) {
        let sum = checksum(bytes, start, size)
        for index in 0..<4 {
            bytes[start + size + index] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * index))
        }
    }

    private static func checksum(_ bytes: [UInt8], _ start: Int, _ size: Int) -> UInt32 {
        bytes.withUnsafeBytes {
            HDF5Checksum.of(UnsafeRawBufferPointer(rebasing: $0[start..<start + size]))
        }
    }

    private static func stored(_ bytes: [UInt8], _ position: Int) -> UInt32 {
        bytes[position..<position + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Writes a part of another structure over the same part of `structure`.
    private static func copy(
        _ structure: Structure, from others: [Structure], _ bytes: inout [UInt8],
        _ generator: inout SplitMix64
    ) {
        let like = others.filter { $0.kind == structure.kind }
        guard let other = like.randomElement(using: &generator) else { return }
        let size = min(other.range.count, structure.range.count)
        let start = Int.random(in: 0...size, using: &generator)
        let count = min(size - start, [1, 2, 4, 8, 16, 64].randomElement(using: &generator) ?? 1)
        for index in start..<start + count {
            bytes[structure.range.lowerBound + index] = bytes[other.range.lowerBound + index]
        }
    }
}
