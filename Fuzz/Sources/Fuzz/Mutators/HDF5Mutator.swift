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
            let sum = sum(of: structure, in: result)
            let end = sum.map { structure.range.lowerBound + $0.size } ?? structure.range.upperBound
            let fields = structure.range.lowerBound + 4..<max(end, structure.range.lowerBound + 4)
            if Int.random(in: 0..<8, using: &generator) == 0 {
                copy(structure, from: structures, &result, &generator)
            } else {
                Fields.overwrite(&result, in: fields, places: places, &generator)
            }
            if let sum { repair(&result, at: structure.range.lowerBound, sum) }
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

    /// Where the checksum of a structure is.
    private struct Sum {
        /// The bytes that it covers, from the start of the structure; those of the checksum itself count as zeros.
        let size: Int
        /// Its place after the start of the structure.
        let place: Int
    }

    /// The checksum of a structure; nil if it has none or it is wrong.
    private static func sum(of structure: Structure, in bytes: [UInt8]) -> Sum? {
        let start = structure.range.lowerBound
        let room = min(longest, bytes.count - start)
        var candidates: [Sum] = []
        if structure.kind == "FHDB" {
            // Behind signature, version, address and an offset of any width; blocks are powers of two.
            candidates = [512, 1024, 2048].flatMap { size in
                (1...8).map { Sum(size: size, place: 13 + $0) }
            }
        } else if checksummed.contains(structure.kind) {
            let known = ["BTHD": 34, "FRHP": 142, "FAHD": 24][structure.kind]
            let sizes = known.map { $0...$0 } ?? 8...max(room - 4, 8)
            candidates = sizes.map { Sum(size: $0, place: $0) }
        }
        return candidates.first { sum in
            max(sum.size, sum.place + 4) <= room
                && checksum(bytes, start, sum) == stored(bytes, start + sum.place)
        }
    }

    private static func repair(_ bytes: inout [UInt8], at start: Int, _ sum: Sum) {
        let value = checksum(bytes, start, sum)
        for index in 0..<4 {
            bytes[start + sum.place + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index))
        }
    }

    private static func checksum(_ bytes: [UInt8], _ start: Int, _ sum: Sum) -> UInt32 {
        var covered = Array(bytes[start..<start + sum.size])
        for index in sum.place..<sum.place + 4 where index < sum.size { covered[index] = 0 }
        return covered.withUnsafeBytes { HDF5Checksum.of($0) }
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
