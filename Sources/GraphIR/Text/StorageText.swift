import Tensors

extension Storage {
    /// The text of a storage other than `expressed`: `float16`, `int8(0.5:3)`, `int8(0.5:0, 0.25:0) axis 1`,
    /// `int4(0.5:0, 0.25:0) axis 0 block 32`.
    var text: String {
        guard case .integer(let bits, let isSigned, let parameters) = self else { return "float16" }
        let pairs = zip(parameters.scales, parameters.zeroPoints).map { "\($0):\($1)" }
        return "\(isSigned ? "int" : "uint")\(bits)(\(pairs.joined(separator: ", ")))"
            + (parameters.axis.map { " axis \($0)" } ?? "")
            + (parameters.blockLength.map { " block \($0)" } ?? "")
    }
}

extension GraphScanner {
    /// A storage if `@stored` comes next, else `expressed`.
    mutating func storage() throws -> Storage {
        guard take("@stored") else { return .expressed }
        let name = try word()
        if name == "float16" { return .float16 }
        let isSigned = !name.hasPrefix("uint")
        guard let bits = Int(name.drop { !$0.isNumber }),
            name == "\(isSigned ? "int" : "uint")\(bits)"
        else { throw AttributeError(reason: "'\(name)' is not a storage") }
        var scales: [Float] = []
        var zeroPoints: [Int] = []
        try expect("(")
        while !take(")") {
            if !scales.isEmpty { try expect(",") }
            scales.append(try number { Float($0) })
            try expect(":")
            zeroPoints.append(try number { Int($0) })
        }
        guard take("axis") else {
            guard scales.count == 1 else {
                throw AttributeError(reason: "several scales need an axis")
            }
            let parameters = QuantizationParameters(scale: scales[0], zeroPoint: zeroPoints[0])
            return .integer(bits: bits, isSigned: isSigned, parameters)
        }
        let axis = try number { Int($0) }
        if take("block") {
            let parameters = QuantizationParameters(
                blockScales: scales, length: try number { Int($0) })
            return .integer(bits: bits, isSigned: isSigned, parameters)
        }
        return .integer(
            bits: bits, isSigned: isSigned,
            QuantizationParameters(scales: scales, zeroPoints: zeroPoints, axis: axis))
    }

    private mutating func number<Number>(_ parse: (String) -> Number?) throws -> Number {
        let word = try word()
        guard let number = parse(word) else {
            throw AttributeError(reason: "'\(word)' is not a number")
        }
        return number
    }
}
