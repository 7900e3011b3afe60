extension NodeTraits {
    /// The version of an operator that changes types or makes tensors; nil for other operators.
    func convertingVersion(of builtin: BuiltinOperator) -> Int? {
        switch builtin {
        case .cast: castVersion
        case .quantize:
            first(
                (outputs.first?.type == .int4, 4),
                (outputs.first?.isQuantizedPerChannel == true, 3),
                (outputs.first?.type == .int16, 2))
        case .dequantize:
            first(
                (type == .int2, 7), (type == .int4, 6), (type == .int16 || type == .float16, 3),
                (type == .int8, input(0)?.isQuantizedPerChannel == true ? 5 : 2))
        case .fill:
            first(
                (input(1)?.type == .float16, 4),
                (input(1)?.type == .int8 || input(1)?.type == .int16, 3),
                (input(1)?.type == .bool || input(1)?.type == .string, 2))
        case .range: first((type == .int64, 2))
        case .where: first((type != .bool, 2))
        case .fakeQuant:
            if let options = options as? FakeQuantOptions, options.hasNarrowRange { 2 } else { 1 }
        default: nil
        }
    }

    private var castVersion: Int {
        let types = [type, outputs.first?.type]
        return first(
            (types.contains(.bfloat16), 7), (type == .int4 && types[1] == .float32, 6),
            (types.contains(.float64) || types.contains(.float16), 5), (types.contains(.uint16), 4),
            (types.contains(.int8), 3), (types.contains(.uint32), 2))
    }
}
