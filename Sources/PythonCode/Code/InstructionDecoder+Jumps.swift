extension InstructionDecoder {
    /// Jumps, loops and ends; targets are offsets.
    func jumps(_ raw: RawInstruction) throws -> Instruction? {
        switch raw.name {
        case "GET_ITER": return .iterate
        case "FOR_ITER":
            return .next(end: forwards(raw), keepsIterator: version >= .python313)
        case "JUMP_FORWARD": return .jump(forwards(raw))
        case "JUMP_ABSOLUTE": return .jump(raw.argument * unit)
        case "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT":
            return .jump(raw.end - 2 * raw.argument)
        case "RETURN_VALUE": return .end
        case "YIELD_VALUE": return .yield
        case "RAISE_VARARGS": return .raise
        case "RETURN_GENERATOR": return .constant(.none)
        default: return branch(raw)
        }
    }

    /// `POP_JUMP_…` and `JUMP_IF_…_OR_POP`; the names of 3.11 hold the direction.
    private func branch(_ raw: RawInstruction) -> Instruction? {
        let name = raw.name
        guard name.contains("JUMP"), let condition = Self.condition(name) else { return nil }
        let target =
            !version.hasCaches
            ? raw.argument * unit
            : name.contains("BACKWARD") ? raw.end - 2 * raw.argument : raw.end + 2 * raw.argument
        return .branch(condition, to: target, keepsValue: name.hasSuffix("_OR_POP"))
    }

    private static func condition(_ name: String) -> Instruction.Condition? {
        if name.contains("IF_NOT_NONE") { return .isNotNone }
        if name.contains("IF_NONE") { return .isNone }
        if name.contains("IF_TRUE") { return .isTrue }
        return name.contains("IF_FALSE") ? .isFalse : nil
    }

    /// What an argument of a jump counts: bytes up to 3.9, then words.
    private var unit: Int { version <= .python39 ? 1 : 2 }

    private func forwards(_ raw: RawInstruction) -> Int { raw.end + raw.argument * unit }
}
