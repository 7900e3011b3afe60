import Problems

extension InstructionDecoder {
    /// Operators, comparisons and subscripts.
    func operators(_ raw: RawInstruction) throws -> Instruction? {
        switch raw.name {
        case "BINARY_OP": return try numberedOperator(raw.argument)
        case "BINARY_SUBSCR": return .item
        case "STORE_SUBSCR": return .storeItem
        case "BINARY_SLICE": return .itemSlice(hasStart: true, hasStop: true)
        case "SLICE_0": return .itemSlice(hasStart: false, hasStop: false)
        case "SLICE_1": return .itemSlice(hasStart: true, hasStop: false)
        case "SLICE_2": return .itemSlice(hasStart: false, hasStop: true)
        case "SLICE_3": return .itemSlice(hasStart: true, hasStop: true)
        case "BUILD_SLICE": return .slice(hasStep: raw.argument == 3)
        case "UNARY_NEGATIVE": return .unary(.negative)
        case "UNARY_POSITIVE": return .unary(.positive)
        case "UNARY_INVERT": return .unary(.invert)
        case "UNARY_NOT": return .unary(.not)
        case "COMPARE_OP":
            let shift = version >= .python313 ? 5 : version >= .python312 ? 4 : 0
            return try comparison(raw.argument >> shift)
        case "IS_OP": return .comparison(raw.argument & 1 == 0 ? .isSame : .isNotSame)
        case "CONTAINS_OP": return .comparison(raw.argument & 1 == 0 ? .isIn : .isNotIn)
        case "CALL_INTRINSIC_1" where raw.argument == 5: return .unary(.positive)
        case "CALL_INTRINSIC_1" where raw.argument == 6: return .toTuple
        default:
            guard raw.name.hasPrefix("BINARY_") || raw.name.hasPrefix("INPLACE_") else {
                return nil
            }
            return Self.namedOperators[String(raw.name.drop { $0 != "_" }.dropFirst())]
                .map { .binary($0) }
        }
    }

    /// The order of `BINARY_OP`, where operators in place follow the others.
    private static let order: [Instruction.Binary] = [
        .add, .and, .floorDivide, .shiftLeft, .matrixMultiply, .multiply, .remainder, .or, .power,
        .shiftRight, .subtract, .divide, .exclusiveOr,
    ]

    private static let namedOperators: [String: Instruction.Binary] = [
        "POWER": .power, "MULTIPLY": .multiply, "DIVIDE": .divide, "MODULO": .remainder,
        "ADD": .add, "SUBTRACT": .subtract, "FLOOR_DIVIDE": .floorDivide, "TRUE_DIVIDE": .divide,
        "MATRIX_MULTIPLY": .matrixMultiply, "LSHIFT": .shiftLeft, "RSHIFT": .shiftRight,
        "AND": .and, "XOR": .exclusiveOr, "OR": .or,
    ]

    private func numberedOperator(_ argument: Int) throws -> Instruction {
        if argument == 26, version == .python314 { return .item }
        guard argument < 26 else {
            throw Problem.malformedCode("the operator \(argument) does not exist")
        }
        return .binary(Self.order[argument % 13])
    }

    private func comparison(_ index: Int) throws -> Instruction {
        let order: [Instruction.Comparison] = [
            .less, .lessOrEqual, .equal, .notEqual, .greater, .greaterOrEqual, .isIn, .isNotIn,
            .isSame, .isNotSame,
        ]
        guard order.indices.contains(index) else {
            throw Problem.malformedCode("the comparison \(index) does not exist")
        }
        return .comparison(order[index])
    }

    /// Tuples, lists and dictionaries.
    func containers(_ raw: RawInstruction) throws -> Instruction? {
        let count = raw.argument
        switch raw.name {
        case "BUILD_TUPLE": return .tuple(count)
        case "BUILD_LIST": return .list(count)
        case "BUILD_MAP": return .dictionary(version == .python27 ? 0 : count)
        case "BUILD_CONST_KEY_MAP": return .dictionaryOfKeys(count)
        case "STORE_MAP": return .storePair
        case "LIST_APPEND": return .append(depth: count)
        case "LIST_EXTEND": return .extend(depth: count)
        case "LIST_TO_TUPLE": return .toTuple
        case "DICT_MERGE", "DICT_UPDATE": return .merge(depth: count)
        case "BUILD_LIST_UNPACK": return .joinList(count)
        case "BUILD_TUPLE_UNPACK", "BUILD_TUPLE_UNPACK_WITH_CALL": return .joinTuple(count)
        case "BUILD_MAP_UNPACK", "BUILD_MAP_UNPACK_WITH_CALL":
            return .joinDictionaries(count & 0xff)
        case "FORMAT_SIMPLE": return .format(hasSpecification: false)
        case "FORMAT_WITH_SPEC": return .format(hasSpecification: true)
        case "FORMAT_VALUE": return .format(hasSpecification: count & 4 != 0)
        case "CONVERT_VALUE": return .nothing
        case "BUILD_STRING": return .joinText(count)
        case "UNPACK_SEQUENCE": return .unpack(count, rest: nil)
        case "UNPACK_EX": return .unpack(count & 0xff, rest: count >> 8)
        default: return nil
        }
    }

    /// Instructions that copy several values on the stack.
    func copies(_ raw: RawInstruction) -> [Instruction]? {
        switch raw.name {
        case "DUP_TOP_TWO": [.copy(depth: 2), .copy(depth: 2)]
        // The end of a with statement up to Python 3.8, where nothing was raised.
        case "WITH_CLEANUP", "WITH_CLEANUP_START": [.pop, .pop]
        case "BEGIN_FINALLY": [.constant(.none)]
        case "DUP_TOPX":
            [Instruction](repeating: .copy(depth: raw.argument), count: min(raw.argument, 3))
        default: nil
        }
    }

    /// Instructions that move values on the stack.
    func stack(_ raw: RawInstruction) throws -> Instruction? {
        switch raw.name {
        case "POP_TOP", "POP_ITER": return .pop
        case "SETUP_WITH", "BEFORE_WITH": return .enter
        case "DUP_TOP": return .copy(depth: 1)
        case "COPY": return .copy(depth: raw.argument)
        case "SWAP": return .swap(depth: raw.argument)
        case "ROT_TWO": return .rotate(2)
        case "ROT_THREE": return .rotate(3)
        case "ROT_FOUR": return .rotate(4)
        case "ROT_N": return .rotate(raw.argument)
        default: return nil
        }
    }
}
