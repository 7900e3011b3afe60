import CZlib
import Problems

/// Makes zip archives whose members are stored, as NumPy does.
package struct ZipWriter {
    /// The bytes before the archive in its file, since offsets count from the start of the file.
    private let start: Int
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// An archive without members.
    ///
    /// - Parameter start: the bytes before the archive in its file.
    package init(at start: Int = 0) {
        self.start = start
    }

    /// Adds a member.
    ///
    /// - Throws: `Problem.Kind.tooLarge` beyond 4 GB, which would take Zip64.
    package mutating func add(_ name: String, _ contents: [UInt8]) throws {
        let nameBytes = Array(name.utf8)
        guard let size = UInt32(exactly: contents.count),
            let offset = UInt32(exactly: start + body.count)
        else {
            throw Problem(.tooLarge(what: "'\(name)'", value: "\(contents.count) bytes"))
        }
        let checksum = contents.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
        }
        // Version 2.0, no flags, method 0, the first date that the format knows.
        var common = bytes(UInt16(20)) + bytes(UInt16(0)) + bytes(UInt16(0)) + bytes(UInt16(0))
        common += bytes(UInt16(0x21)) + bytes(checksum) + bytes(size) + bytes(size)
        common += bytes(UInt16(nameBytes.count)) + bytes(UInt16(0))
        body += bytes(UInt32(0x0403_4B50)) + common + nameBytes + contents
        directory += bytes(UInt32(0x0201_4B50)) + bytes(UInt16(20)) + common
        directory += bytes(UInt16(0)) + bytes(UInt16(0)) + bytes(UInt16(0)) + bytes(UInt32(0))
        directory += bytes(offset) + nameBytes
        count += 1
    }

    /// The whole archive.
    ///
    /// - Throws: `Problem.Kind.tooLarge` beyond 4 GB.
    package func finish() throws -> [UInt8] {
        guard let directoryStart = UInt32(exactly: start + body.count),
            let entries = UInt16(exactly: count)
        else {
            throw Problem(.tooLarge(what: "the archive", value: "\(body.count) bytes"))
        }
        let end =
            bytes(UInt32(0x0605_4B50)) + bytes(UInt32(0)) + bytes(entries) + bytes(entries)
            + bytes(UInt32(truncatingIfNeeded: directory.count)) + bytes(directoryStart)
            + bytes(UInt16(0))
        return body + directory + end
    }

    private func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
