import Archives
import CZlib
import Foundations

/// Mutates a member of a zip archive and packs it again, so that sizes and checksums are right.
enum ZipMutator {
    /// Mutates the contents of a member by its name; nil for libFuzzer's own mutation.
    typealias Mutation = (String, [UInt8], inout SplitMix64) -> [UInt8]?

    private static let largestMember = 1 << 20

    /// - Returns: nil for bytes that are not a sound archive.
    static func mutated(
        _ bytes: [UInt8], _ generator: inout SplitMix64, _ mutation: Mutation
    ) -> [UInt8]? {
        guard let file = try? MappedFile(copying: bytes, name: "fuzz.zip"),
            let archive = try? ZipArchive(file), !archive.members.isEmpty
        else { return nil }
        let chosen = Int.random(in: archive.members.indices, using: &generator)
        var packer = Packer()
        for (index, member) in archive.members.enumerated() {
            guard member.byteCount <= largestMember, let stored = try? archive.contents(of: member)
            else { return nil }
            var contents = Array(UnsafeRawBufferPointer(stored.mutableBytes))
            if index == chosen {
                contents =
                    mutation(member.name, contents, &generator) ?? libFuzzerMutation(contents)
            }
            let isDeflated = Int.random(in: 0..<4, using: &generator) == 0
            packer.add(member.name, contents, isDeflated: isDeflated)
        }
        var result = packer.finish()
        if Int.random(in: 0..<8, using: &generator) == 0 {
            let directory = packer.directoryStart..<result.count
            let header = 0..<min(64, result.count)
            Fields.overwrite(
                &result, in: Bool.random(using: &generator) ? directory : header,
                places: packer.places, &generator)
        }
        return result
    }

    /// Writes an archive.
    private struct Packer {
        private var body: [UInt8] = []
        private var directory: [UInt8] = []
        private(set) var places: [Int] = []

        var directoryStart: Int { body.count }

        mutating func add(_ name: String, _ contents: [UInt8], isDeflated: Bool) {
            let packed = isDeflated ? Self.deflated(contents) : contents
            let checksum = UInt32(
                truncatingIfNeeded: crc32(0, contents, UInt32(contents.count)))
            var common = Self.bytes(UInt16(20)) + Self.bytes(UInt16(0))
            common += Self.bytes(UInt16(isDeflated ? 8 : 0)) + Self.bytes(UInt32(0x21_0000))
            common += Self.bytes(checksum) + Self.bytes(UInt32(packed.count))
            common += Self.bytes(UInt32(contents.count)) + Self.bytes(UInt16(name.utf8.count))
            common += Self.bytes(UInt16(0))
            let start = body.count
            places.append(start)
            body += Self.bytes(UInt32(0x0403_4B50)) + common + Array(name.utf8) + packed
            directory += Self.bytes(UInt32(0x0201_4B50)) + Self.bytes(UInt16(20)) + common
            directory += [UInt8](repeating: 0, count: 10) + Self.bytes(UInt32(start))
            directory += Array(name.utf8)
        }

        func finish() -> [UInt8] {
            let count = Self.bytes(UInt16(places.count))
            let end =
                Self.bytes(UInt32(0x0605_4B50)) + Self.bytes(UInt32(0)) + count + count
                + Self.bytes(UInt32(directory.count)) + Self.bytes(UInt32(body.count))
                + Self.bytes(UInt16(0))
            return body + directory + end
        }

        /// A stream without the header and the checksum of zlib.
        private static func deflated(_ contents: [UInt8]) -> [UInt8] {
            var count = compressBound(UInt(contents.count))
            var stream = [UInt8](repeating: 0, count: Int(count))
            compress(&stream, &count, contents, UInt(contents.count))
            return Array(stream.prefix(Int(count)).dropFirst(2).dropLast(4))
        }

        private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
            withUnsafeBytes(of: number.littleEndian) { Array($0) }
        }
    }
}
