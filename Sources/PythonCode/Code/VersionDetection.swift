import Problems

/// Finds out which Python wrote a code object; the file does not say.
enum VersionDetection {
    /// The code object that these bytes are, and its version.
    ///
    /// - Throws: `Problem` if the bytes are not a code object, or fit no version.
    static func read(_ bytes: [UInt8]) throws -> (CodeObject, PythonVersion) {
        guard let first = bytes.first, first & 0x7f == UInt8(ascii: "c") else {
            throw Problem.malformedCode("it is not a code object")
        }
        var found: [CodeObject] = []
        var fault: (any Error)?
        for layout in CodeLayout.allCases where couldBe(layout, bytes) {
            do {
                if case .code(let code) = try MarshalReader.object(bytes, layout: layout) {
                    found.append(code)
                }
            } catch { fault = error }
        }
        guard let code = found.first, found.count == 1 else {
            throw found.isEmpty
                ? fault ?? Problem.malformedCode("it has the layout of no known version of Python")
                : Problem.malformedCode("it fits several versions of Python")
        }
        return (code, try version(of: code))
    }

    /// Whether the instructions stand where the layout puts them.
    private static func couldBe(_ layout: CodeLayout, _ bytes: [UInt8]) -> Bool {
        let offset = layout.instructionsOffset
        guard bytes.count > offset, bytes[offset] & 0x7f == UInt8(ascii: "s") else { return false }
        return layout != .python2 || bytes[0] == UInt8(ascii: "c")
    }

    private static func version(of code: CodeObject) throws -> PythonVersion {
        switch code.layout {
        case .python2:
            return .python27
        case .keywordOnly:
            let isReturnWithoutArgument = code.bytes.last == 83
            return isReturnWithoutArgument ? .python35 : .python37
        case .positionalOnly:
            let covered = stride(from: 0, to: code.lineTable.count, by: 2)
                .reduce(0) { $0 + Int(code.lineTable[$1]) }
            return covered == code.bytes.count ? .python310 : .python39
        case .joinedVariables:
            // Only 3.14 tells parameters from other variables.
            let statesParameters = code.variables.kinds.contains { $0 & 0x0e != 0 }
            let candidates = statesParameters ? [PythonVersion.python314] : versionsWithCaches
            guard let version = candidates.first(where: { makesSense(code.bytes, as: $0) }) else {
                throw Problem.malformedCode("its instructions are those of no known Python")
            }
            return version
        }
    }

    private static let versionsWithCaches: [PythonVersion] = [
        .python311, .python312, .python313, .python314,
    ]

    /// Whether all instructions exist and the words of zeros have the right number.
    private static func makesSense(_ bytes: [UInt8], as version: PythonVersion) -> Bool {
        let table = OpcodeTable.of(version)
        var index = 0
        var hasResumed = false
        var last = ""
        while index + 1 < bytes.count {
            let opcode = WindowsRepair.opcode(bytes[index], at: index, in: bytes, version)
            guard let entry = table.entries[Int(opcode)], entry.name != "CACHE" else {
                return false
            }
            if !hasResumed, !beforeResume.contains(entry.name) {
                guard entry.name == "RESUME", bytes[index + 1] <= 3 else { return false }
                hasResumed = true
            }
            let next = index + 2 + 2 * entry.caches
            guard next <= bytes.count, bytes[index + 2..<next].allSatisfy({ $0 == 0 }) else {
                return false
            }
            index = next
            last = entry.name
        }
        return index == bytes.count && ends.contains(last)
    }

    private static let beforeResume: Set = [
        "COPY_FREE_VARS", "MAKE_CELL", "RETURN_GENERATOR", "POP_TOP", "EXTENDED_ARG",
    ]

    private static let ends: Set = [
        "RETURN_VALUE", "RETURN_CONST", "RERAISE", "RAISE_VARARGS", "JUMP_BACKWARD",
        "JUMP_BACKWARD_NO_INTERRUPT",
    ]
}
