import CZlib
import Foundations
import Problems
import Tensors

/// A zip archive whose members are stored or deflated.
///
/// Format: PKWARE APPNOTE 6.3. Zip64 is read; encryption, other methods and several disks are refused. Nothing is ever
/// extracted to a path, and neither a large member nor all members together may inflate beyond `largestInflation` times their
/// compressed size.
package struct ZipArchive: Sendable {
    /// A file in the archive.
    package struct Member: Sendable {
        package let name: String
        /// The size of its contents.
        package let byteCount: Int
        let method: UInt16
        let compressedCount: Int
        let checksum: UInt32
        let headerOffset: Int
    }

    /// How many times its compressed size a member beyond `freeInflation` may have; deflate itself ends at about 1032.
    static let largestInflation = 100
    /// The size up to which any member is inflated.
    static let freeInflation = 1 << 26

    /// The size below which the checksum of stored contents is computed before they are used.
    private static let largestCheckedAtOnce = 1 << 20

    /// The members in the order of the directory.
    package let members: [Member]
    private let file: MappedFile
    /// Whether all members together would take far more memory than the file lets expect.
    private let isBomb: Bool

    /// Reads the directory of the archive at `path`.
    ///
    /// - Throws: `Problem` if it is not a zip archive or its directory is damaged.
    package init(path: String) throws {
        try self.init(MappedFile(path: path))
    }

    /// Reads the directory of an archive.
    ///
    /// - Throws: `Problem` if it is not a zip archive or its directory is damaged.
    package init(_ file: MappedFile) throws {
        self.file = file
        members = try locating(file: file.path) { try ZipDirectory(file.bytes).members() }
        let total = members.reduce(0) { saturatingSum($0, $1.method == 0 ? 0 : $1.byteCount) }
        isBomb =
            total > Self.freeInflation
            && total / Self.largestInflation > file.bytes.count
    }

    /// Whether bytes begin like a zip archive.
    package static func hasSignature(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
    }

    /// The member called `name`.
    package func member(_ name: String) -> Member? {
        members.first { $0.name == name }
    }

    /// The contents of a member.
    ///
    /// - Throws: `Problem` if the data are damaged or the method is not known.
    package func contents(of member: Member) throws -> TensorStorage {
        try locating(file: file.path) {
            let data = try compressedBytes(of: member)
            let storage: TensorStorage
            switch member.method {
            case 0:
                guard data.count == member.byteCount else {
                    throw Problem(
                        .malformed(what: "'\(member.name)'", reason: "its sizes contradict"))
                }
                storage = try .drawn(byteCount: data.count, for: "'\(member.name)'")
                storage.mutableBytes.copyMemory(from: data)
            case 8:
                storage = try inflate(data, of: member)
            default:
                throw Problem(
                    .unsupported(
                        what: "'\(member.name)' is compressed with method \(member.method)",
                        remedy: "Pack the archive again with the method 'deflate' or 'store'."))
            }
            try ZipChecksum(
                of: MemoryRegion(
                    bytes: UnsafeRawBufferPointer(storage.mutableBytes), owner: storage),
                expected: member.checksum, member: member.name, file: file.path
            ).confirm()
            return storage
        }
    }

    /// The contents of a member where they lie: stored ones in the mapped archive, others inflated into memory.
    ///
    /// The checksum of large stored contents is computed beside other work, and told by `inputs` in the end.
    ///
    /// - Throws: `Problem` if the data are damaged or the method is not known.
    package func region(of member: Member, _ inputs: InputFiles) throws -> MemoryRegion {
        guard member.method == 0, member.compressedCount == member.byteCount else {
            let storage = try contents(of: member)
            return MemoryRegion(bytes: UnsafeRawBufferPointer(storage.mutableBytes), owner: storage)
        }
        let data = try locating(file: file.path) { try compressedBytes(of: member) }
        let region = MemoryRegion(bytes: data, owner: file)
        let check = ZipChecksum(
            of: region, expected: member.checksum, member: member.name, file: file.path)
        if data.count < Self.largestCheckedAtOnce {
            try check.confirm()
        } else {
            check.start()
            inputs.add { try check.confirm() }
        }
        return region
    }

    private func compressedBytes(of member: Member) throws -> UnsafeRawBufferPointer {
        let reader = ByteReader(bytes: file.bytes, what: "the zip archive")
        guard try reader.number(UInt32.self, at: member.headerOffset) == 0x0403_4B50 else {
            throw Problem(
                .malformed(what: "zip archive", reason: "'\(member.name)' has no header"))
        }
        let nameCount = try reader.size(UInt16.self, at: member.headerOffset + 26)
        let name = try reader.slice(member.headerOffset + 30, nameCount)
        guard name.elementsEqual(member.name.utf8) else {
            throw Problem(
                .malformed(
                    what: "zip archive",
                    reason: "'\(member.name)' has another name at its contents"))
        }
        let extraCount = try reader.size(UInt16.self, at: member.headerOffset + 28)
        return try reader.slice(
            member.headerOffset + 30 + nameCount + extraCount, member.compressedCount)
    }

    private func inflate(
        _ data: UnsafeRawBufferPointer, of member: Member
    ) throws -> TensorStorage {
        let damaged = Problem(.malformed(what: "'\(member.name)'", reason: "it does not inflate"))
        guard !isBomb else {
            throw Problem(
                .malformed(
                    what: "zip archive",
                    reason: "its \(file.bytes.count) bytes would become far too many"))
        }
        guard
            member.byteCount <= Self.freeInflation
                || member.byteCount / Self.largestInflation <= data.count
        else {
            throw Problem(
                .malformed(
                    what: "'\(member.name)'",
                    reason: "its \(data.count) bytes would become \(member.byteCount)"))
        }
        guard let inputCount = UInt32(exactly: data.count),
            let outputCount = UInt32(exactly: member.byteCount)
        else { throw damaged }
        let storage = try TensorStorage.drawn(
            byteCount: member.byteCount, for: "'\(member.name)'")
        var stream = z_stream()
        guard kc_inflateInitRaw(&stream) == Z_OK else { throw damaged }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(
            mutating: data.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = inputCount
        stream.next_out = storage.mutableBytes.bindMemory(to: UInt8.self).baseAddress
        stream.avail_out = outputCount
        guard CZlib.inflate(&stream, Z_FINISH) == Z_STREAM_END, stream.avail_out == 0 else {
            throw damaged
        }
        return storage
    }
}
