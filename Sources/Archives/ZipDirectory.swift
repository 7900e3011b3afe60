import Problems

/// Reads the central directory at the end of a zip archive.
struct ZipDirectory {
    private let reader: ByteReader

    init(_ bytes: UnsafeRawBufferPointer) {
        reader = ByteReader(bytes: bytes, what: "the zip archive")
    }

    /// All members that are files.
    ///
    /// - Throws: `malformed` also for names that leave the archive's folder or are there twice: different readers make
    ///   different things of them.
    func members() throws -> [ZipArchive.Member] {
        var (offset, count) = try location()
        var members: [ZipArchive.Member] = []
        var names: Set<String> = []
        while count > 0 {
            let (member, length) = try entry(at: offset)
            try check(member.name, isNew: names.insert(member.name).inserted)
            if !member.name.hasSuffix("/") { members.append(member) }
            offset += length
            count -= 1
        }
        return members
    }

    private func check(_ name: String, isNew: Bool) throws {
        let parts = name.split(whereSeparator: { "/\\".contains($0) })
        guard !parts.contains(".."), name.first != "/", name.first != "\\" else {
            throw Problem(
                .malformed(
                    what: "zip archive", reason: "'\(name)' leads out of the archive"))
        }
        guard isNew else {
            throw Problem(.malformed(what: "zip archive", reason: "'\(name)' is there twice"))
        }
    }

    /// Where the directory starts and how many entries it has, from the end record or its Zip64 form.
    private func location() throws -> (offset: Int, count: Int) {
        let end = try endRecord()
        let count = try reader.size(UInt16.self, at: end + 10)
        let offset = try reader.size(UInt32.self, at: end + 16)
        guard count == 0xFFFF || offset == 0xFFFF_FFFF, end >= 20,
            try reader.number(UInt32.self, at: end - 20) == 0x0706_4B50
        else { return (offset, count) }
        let record = try reader.size(UInt64.self, at: end - 20 + 8)
        guard try reader.number(UInt32.self, at: record) == 0x0606_4B50 else {
            throw Problem(
                .malformed(what: "zip archive", reason: "its Zip64 record is missing"))
        }
        return (
            try reader.size(UInt64.self, at: record + 48),
            try reader.size(UInt64.self, at: record + 32)
        )
    }

    /// The position of the end record, searched from the end: a comment of up to 64 KiB may follow it.
    private func endRecord() throws -> Int {
        let last = reader.bytes.count - 22
        var position = last
        while position >= 0, position >= last - 0xFFFF {
            if try reader.number(UInt32.self, at: position) == 0x0605_4B50 { return position }
            position -= 1
        }
        throw Problem(.malformed(what: "zip archive", reason: "it has no directory"))
    }

    private func entry(at offset: Int) throws -> (ZipArchive.Member, length: Int) {
        guard try reader.number(UInt32.self, at: offset) == 0x0201_4B50 else {
            throw Problem(.malformed(what: "zip archive", reason: "its directory is damaged"))
        }
        let flags = try reader.number(UInt16.self, at: offset + 8)
        let nameCount = try reader.size(UInt16.self, at: offset + 28)
        let extraCount = try reader.size(UInt16.self, at: offset + 30)
        let commentCount = try reader.size(UInt16.self, at: offset + 32)
        let name = String(decoding: try reader.slice(offset + 46, nameCount), as: UTF8.self)
        guard flags & 1 == 0 else {
            throw Problem(
                .unsupported(what: "'\(name)' is encrypted", remedy: "Decrypt the archive first."))
        }
        var compressedCount = try reader.size(UInt32.self, at: offset + 20)
        var byteCount = try reader.size(UInt32.self, at: offset + 24)
        var headerOffset = try reader.size(UInt32.self, at: offset + 42)
        try readZip64(
            at: offset + 46 + nameCount, count: extraCount, &byteCount, &compressedCount,
            &headerOffset)
        let member = ZipArchive.Member(
            name: name, byteCount: byteCount,
            method: try reader.number(UInt16.self, at: offset + 10),
            compressedCount: compressedCount,
            checksum: try reader.number(UInt32.self, at: offset + 16), headerOffset: headerOffset)
        return (member, 46 + nameCount + extraCount + commentCount)
    }

    /// Replaces sizes of 0xFFFFFFFF by those of the Zip64 extra field, which holds just these, in this order.
    private func readZip64(
        at start: Int, count: Int, _ byteCount: inout Int, _ compressedCount: inout Int,
        _ headerOffset: inout Int
    ) throws {
        var position = start
        while position + 4 <= start + count {
            let tag = try reader.number(UInt16.self, at: position)
            let size = try reader.size(UInt16.self, at: position + 2)
            if tag == 1 {
                var field = position + 4
                func next(_ value: inout Int) throws {
                    guard value == 0xFFFF_FFFF else { return }
                    value = try reader.size(UInt64.self, at: field)
                    field += 8
                }
                try next(&byteCount)
                try next(&compressedCount)
                try next(&headerOffset)
            }
            position += 4 + size
        }
    }
}
