/// The names and cache words of a version's instructions.
struct OpcodeTable: Sendable {
    /// An instruction in the words of its version.
    struct Entry: Sendable {
        let name: String
        /// The number of words of zeros behind the instruction.
        let caches: Int
    }

    /// By number; nil if the version has no such instruction.
    let entries: [Entry?]

    /// The table of a version.
    static func of(_ version: PythonVersion) -> OpcodeTable { all[version.rawValue] }

    private static let all = [
        OpcodeFacts.python27, OpcodeFacts.python35, OpcodeFacts.python37, OpcodeFacts.python39,
        OpcodeFacts.python310, OpcodeFacts.python311, OpcodeFacts.python312, OpcodeFacts.python313,
        OpcodeFacts.python314,
    ].map(OpcodeTable.init)

    private init(_ facts: String) {
        var entries = [Entry?](repeating: nil, count: 256)
        for word in facts.split(whereSeparator: \.isWhitespace) {
            let parts = word.split(whereSeparator: { $0 == ":" || $0 == "+" })
            guard parts.count >= 2, let number = UInt8(parts[0]) else { continue }
            entries[Int(number)] = Entry(
                name: String(parts[1]), caches: parts.count > 2 ? Int(parts[2]) ?? 0 : 0)
        }
        self.entries = entries
    }
}

/// Repairs what Keras on Windows did to stored code: it replaced every byte 5C by 2F.
enum WindowsRepair {
    /// The instruction that stood at a place before the bytes were replaced.
    ///
    /// 5C is UNPACK_SEQUENCE up to Python 3.12, where 2F is nothing. In 3.14 it is LOAD_GLOBAL, which words of zeros follow;
    /// 2F is BUILD_MAP there, which they never follow.
    static func opcode(_ opcode: UInt8, at index: Int, in bytes: [UInt8], _ version: PythonVersion)
        -> UInt8
    {
        guard opcode == 0x2f else { return opcode }
        switch version {
        case .python313: return opcode
        case .python314:
            let isFollowedByZeros = bytes.dropFirst(index + 2).prefix(2).elementsEqual([0, 0])
            return isFollowedByZeros ? 0x5c : opcode
        default: return 0x5c
        }
    }

    /// Whether a code object comes from Windows and has an integer that may have been another one.
    static func mayHaveChangedConstants(_ code: CodeObject) -> Bool {
        let drive = code.fileName.dropFirst().prefix(2)
        guard drive == ":/" else { return false }
        return code.constants.contains {
            guard case .integer(let value) = $0 else { return false }
            return (0..<8).contains { value >> ($0 * 8) & 0xff == 0x2f }
        }
    }
}
