extension InstructionDecoder {
    /// Instructions that read or set variables.
    func variables(_ raw: RawInstruction) throws -> [Instruction]? {
        let argument = raw.argument
        switch raw.name {
        case "LOAD_FAST", "LOAD_FAST_BORROW", "LOAD_FAST_CHECK": return [try load(argument)]
        case "LOAD_FAST_LOAD_FAST", "LOAD_FAST_BORROW_LOAD_FAST_BORROW":
            return [try load(argument >> 4), try load(argument & 15)]
        case "LOAD_FAST_AND_CLEAR": return [.load(try variable(argument), clearing: true)]
        case "STORE_FAST": return [.store(try variable(argument))]
        case "STORE_FAST_STORE_FAST":
            return [.store(try variable(argument >> 4)), .store(try variable(argument & 15))]
        case "STORE_FAST_LOAD_FAST":
            return [.store(try variable(argument >> 4)), try load(argument & 15)]
        case "DELETE_FAST": return [.delete(try variable(argument))]
        case "LOAD_DEREF", "LOAD_CLASSDEREF":
            return [.load(try closureVariable(argument), clearing: false)]
        case "STORE_DEREF": return [.store(try closureVariable(argument))]
        case "DELETE_DEREF": return [.delete(try closureVariable(argument))]
        case "LOAD_CLOSURE": return [.cell(try closureVariable(argument))]
        default: return nil
        }
    }

    /// From Python 3.13 on a variable of closures is loaded as a local for nothing but an inner function.
    private func load(_ index: Int) throws -> Instruction {
        let name = try variable(index)
        let isCell = code.variables.cells.contains(name) || code.variables.free.contains(name)
        return version >= .python313 && isCell ? .cell(name) : .load(name, clearing: false)
    }

    /// Instructions that load constants, globals and attributes.
    func names(_ raw: RawInstruction) throws -> [Instruction]? {
        let argument = raw.argument
        switch raw.name {
        case "LOAD_CONST": return [.constant(try constant(argument))]
        case "RETURN_CONST": return [.constant(try constant(argument)), .end]
        case "LOAD_SMALL_INT": return [.constant(.integer(argument))]
        case "LOAD_COMMON_CONSTANT":
            let names = ["AssertionError", "NotImplementedError", "tuple", "all", "any"]
            return [.global(names.indices.contains(argument) ? names[argument] : "?")]
        case "LOAD_ASSERTION_ERROR": return [.global("AssertionError")]
        case "LOAD_NAME": return [.global(try name(argument))]
        case "LOAD_GLOBAL":
            guard version.hasCaches else { return [.global(try name(argument))] }
            return withNull(.global(try name(argument >> 1)), if: argument & 1 != 0)
        case "LOAD_ATTR":
            guard version >= .python312 else { return [.attribute(try name(argument))] }
            return method(try name(argument >> 1), if: argument & 1 != 0)
        case "LOAD_METHOD": return method(try name(argument), if: true)
        case "PUSH_NULL": return [.null]
        case "IMPORT_NAME": return [.importName(try name(argument))]
        case "IMPORT_FROM": return [.importFrom(try name(argument))]
        default: return nil
        }
    }

    /// A value with the marker of a missing receiver: below it up to Python 3.12, then above.
    private func withNull(_ instruction: Instruction, if isCalled: Bool) -> [Instruction] {
        guard isCalled else { return [instruction] }
        return version < .python313 ? [.null, instruction] : [instruction, .null]
    }

    /// An attribute that is called next; the object is on the stack already.
    private func method(_ name: String, if isCalled: Bool) -> [Instruction] {
        guard isCalled else { return [.attribute(name)] }
        guard version < .python313 else { return [.attribute(name), .null] }
        return [.attribute(name), .null, .swap(depth: 2)]
    }
}
