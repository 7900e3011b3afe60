extension InstructionDecoder {
    /// Calls and functions.
    mutating func calls(_ raw: RawInstruction) throws -> Instruction? {
        let count = raw.argument
        switch raw.name {
        case "KW_NAMES":
            guard case .tuple(let names) = try constant(count) else { return nil }
            keywordNames = names.compactMap(\.string)
            return .nothing
        case "CALL":
            defer { keywordNames = [] }
            return .call(.init(receiver: slots, count: count, names: keywordNames))
        case "CALL_KW": return .call(.init(receiver: slots, count: count, hasNames: true))
        case "CALL_METHOD": return .call(.init(receiver: .below, count: count))
        case "CALL_FUNCTION_EX":
            return .call(
                .init(
                    receiver: version.hasCaches ? slots : .none, hasSpread: true,
                    hasKeywords: version == .python314 || count & 1 != 0))
        case "CALL_FUNCTION" where !version.hasBytewiseInstructions:
            return .call(.init(count: count))
        case "CALL_FUNCTION_KW" where !version.hasBytewiseInstructions:
            return .call(.init(count: count, hasNames: true))
        case "CALL_FUNCTION", "CALL_FUNCTION_KW", "CALL_FUNCTION_VAR", "CALL_FUNCTION_VAR_KW":
            return .call(
                .init(
                    count: count & 0xff, pairs: count >> 8, hasSpread: raw.name.contains("_VAR"),
                    hasKeywords: raw.name.hasSuffix("_KW")))
        case "MAKE_FUNCTION", "MAKE_CLOSURE": return .makeFunction(function(raw))
        case "SET_FUNCTION_ATTRIBUTE":
            return .functionAttribute(count == 8 ? .closure : count == 1 ? .defaults : .other)
        default: return nil
        }
    }

    private var slots: Instruction.Call.Receiver { version < .python313 ? .below : .above }

    private func function(_ raw: RawInstruction) -> Instruction.Function {
        let hasName = version != .python27 && version < .python311
        if version >= .python313 { return .init() }
        guard version.hasBytewiseInstructions else {
            let parts: [(bit: Int, part: Instruction.FunctionPart)] = [
                (1, .defaults), (2, .other), (4, .other), (8, .closure),
            ]
            return .init(
                parts: parts.filter { raw.argument & $0.bit != 0 }.map(\.part), hasName: hasName)
        }
        return .init(
            looseDefaults: raw.argument & 0xff,
            parts: raw.name == "MAKE_CLOSURE" ? [.closure] : [], hasName: hasName)
    }
}
