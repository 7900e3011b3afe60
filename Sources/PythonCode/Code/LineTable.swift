/// The lines on which instructions stand.
struct LineTable {
    /// Where each run of instructions begins, and its line.
    private var runs: [(offset: Int, line: Int)]

    init(_ code: CodeObject, _ version: PythonVersion) {
        runs = [(0, code.firstLine)]
        if version.hasCaches {
            readLocations(code.lineTable, from: code.firstLine)
        } else {
            readPairs(code.lineTable, from: code.firstLine, version)
        }
    }

    /// The line of the instruction at this offset.
    func line(at offset: Int) -> Int {
        runs.last { $0.offset <= offset }?.line ?? 0
    }

    /// Pairs of bytes: an increment of the offset, and one of the line.
    ///
    /// Up to 3.9 the line holds from the new offset on, in 3.10 up to it.
    private mutating func readPairs(_ bytes: [UInt8], from first: Int, _ version: PythonVersion) {
        var offset = 0
        var line = first
        for index in stride(from: 0, to: bytes.count - 1, by: 2) {
            let step = Int(bytes[index])
            let lines = Int(Int8(bitPattern: bytes[index + 1]))
            if version == .python310 {
                if lines != -128 { line += lines }
                runs.append((offset, line))
                offset += step
            } else {
                offset += step
                line += version <= .python35 ? Int(bytes[index + 1]) : lines
                runs.append((offset, line))
            }
        }
    }

    /// Entries whose first byte holds a form and a number of instruction words (from 3.11 on).
    private mutating func readLocations(_ bytes: [UInt8], from first: Int) {
        var offset = 0
        var line = first
        var index = 0
        while index < bytes.count {
            let form = bytes[index] >> 3 & 15
            let words = Int(bytes[index] & 7) + 1
            index += 1
            switch form {
            case 10, 11, 12: line += Int(form) - 10
            case 13, 14: line += Self.signedNumber(bytes, index)
            default: break
            }
            while index < bytes.count, bytes[index] & 0x80 == 0 { index += 1 }
            runs.append((offset, line))
            offset += 2 * words
        }
    }

    /// A number in digits of 6 bits, whose lowest bit is the sign.
    private static func signedNumber(_ bytes: [UInt8], _ start: Int) -> Int {
        var value = 0
        for (place, byte) in bytes[min(start, bytes.count)...].prefix(5).enumerated() {
            value |= Int(byte & 0x3f) << (6 * place)
            guard byte & 0x40 != 0 else { break }
        }
        return value & 1 == 0 ? value >> 1 : -(value >> 1)
    }
}
