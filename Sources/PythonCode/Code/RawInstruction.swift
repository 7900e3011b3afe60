import Problems

/// An instruction in the words of its version.
struct RawInstruction {
    /// Where it starts, with the instructions that extend its argument.
    let offset: Int
    /// The offset behind it and its words of zeros.
    let end: Int
    let name: String
    let argument: Int
}

extension RawInstruction {
    /// The instructions of a code object.
    ///
    /// - Throws: `Problem` if they end early or are none of the version.
    static func all(of code: CodeObject, _ version: PythonVersion) throws -> [RawInstruction] {
        var reader = Reader(bytes: code.bytes, version: version, table: OpcodeTable.of(version))
        var instructions: [RawInstruction] = []
        while let instruction = try reader.next() { instructions.append(instruction) }
        return instructions
    }

    private struct Reader {
        let bytes: [UInt8]
        let version: PythonVersion
        let table: OpcodeTable
        var position = 0

        mutating func next() throws -> RawInstruction? {
            guard position < bytes.count else { return nil }
            let offset = position
            var argument = 0
            for _ in 0..<4 {
                let entry = try word(&argument)
                if entry.name != "EXTENDED_ARG" {
                    position = min(position + 2 * entry.caches, bytes.count)
                    return RawInstruction(
                        offset: offset, end: position, name: entry.name, argument: argument)
                }
            }
            throw Problem.malformedCode("an argument is too large")
        }

        /// The instruction at the position, whose bits of the argument are added.
        private mutating func word(_ argument: inout Int) throws -> OpcodeTable.Entry {
            guard position < bytes.count else { throw Self.ended }
            let opcode = WindowsRepair.opcode(bytes[position], at: position, in: bytes, version)
            guard let entry = table.entries[Int(opcode)] else {
                throw Problem.malformedCode("the instruction \(opcode) does not exist")
            }
            let width = version.hasBytewiseInstructions ? opcode < 90 ? 0 : 2 : 1
            guard position + width < bytes.count else { throw Self.ended }
            let digits = bytes[position + 1..<position + 1 + width]
            argument = argument << (8 * width) | Self.value(digits)
            guard argument <= Int(Int32.max) else {
                throw Problem.malformedCode("an argument is too large")
            }
            position += 1 + width
            return entry
        }

        private static func value(_ digits: ArraySlice<UInt8>) -> Int {
            digits.reversed().reduce(0) { $0 << 8 | Int($1) }
        }

        private static let ended = Problem.malformedCode("the instructions end early")
    }
}
