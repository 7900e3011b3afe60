import Foundations
import Problems
import Tensors

/// The elements of constants in the text form.
///
///     [1.0, 2.5]      the elements, if there are at most 16
///     fill(0.5)       one value for all elements
///     0x0000803f…     the bytes in memory order
///     random(7)       uniformly distributed in [−1, 1); random(7, 0.5, 2) in [0.5, 2) — only read, never printed
enum ConstantText {
    /// The most elements that are printed one by one.
    static let longestList = 16
    /// The most elements that `random` makes.
    static let largestRandom = 1 << 28

    static func print(_ constant: Constant, abbreviated: Bool) -> String {
        let count = constant.shape.elementCount
        if abbreviated, count > longestList { return "…" }
        let tensor = constant.tensor()
        if count <= longestList, let elements = words(tensor) {
            return "[" + elements.joined(separator: ", ") + "]"
        }
        return tensor.withBytes { bytes in
            let size = tensor.dtype.byteCount
            let first = bytes.prefix(size)
            let isUniform = (0..<count).allSatisfy { index in
                bytes[index * size..<(index + 1) * size].elementsEqual(first)
            }
            if isUniform, size > 0, let word = words(tensor)?.first { return "fill(\(word))" }
            return hexadecimal(bytes)
        }
    }

    /// The elements as decimal numbers; nil if these would not be exact.
    private static func words(_ tensor: Tensor) -> [String]? {
        func decimal<Element: BitwiseCopyable & CustomStringConvertible>(
            _: Element.Type
        ) -> [String] {
            tensor.withElements(Element.self) { $0.map(\.description) }
        }
        switch tensor.dtype {
        case .float32:
            let hasNaN = tensor.withElements(Float.self) { $0.contains { $0.isNaN } }
            return hasNaN ? nil : decimal(Float.self)
        case .float64:
            let hasNaN = tensor.withElements(Double.self) { $0.contains { $0.isNaN } }
            return hasNaN ? nil : decimal(Double.self)
        case .int8: return decimal(Int8.self)
        case .int16: return decimal(Int16.self)
        case .int32: return decimal(Int32.self)
        case .int64: return decimal(Int64.self)
        case .uint8, .bool: return decimal(UInt8.self)
        case .uint16: return decimal(UInt16.self)
        case .uint32: return decimal(UInt32.self)
        case .uint64: return decimal(UInt64.self)
        case .float16, .bfloat16, .string, .complex64: return nil
        }
    }

    private static func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return "0x"
            + String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
                for (index, byte) in bytes.enumerated() {
                    buffer[index * 2] = digits[Int(byte >> 4)]
                    buffer[index * 2 + 1] = digits[Int(byte & 15)]
                }
                return bytes.count * 2
            }
    }
}

extension ConstantText {
    /// The constant that `text` describes.
    ///
    /// - Throws: `AttributeError` if the text does not fit the type.
    static func parse(_ text: Substring, _ type: TensorType) throws -> Constant {
        if text.hasPrefix("0x") {
            return Constant(try tensor(hexadecimal: text.dropFirst(2), type))
        }
        if let arguments = arguments(of: text, "[", "]") {
            let words = arguments.count == 1 && arguments[0].isEmpty ? [] : arguments
            guard words.count == type.shape.elementCount else {
                throw AttributeError(reason: "\(words.count) elements do not fill \(type)")
            }
            return Constant(try tensor(words, TensorType(type.dtype, type.shape)))
        }
        if let arguments = arguments(of: text, "fill(", ")"), arguments.count == 1 {
            let element = try tensor(arguments, TensorType(type.dtype, [1]))
            let ones = Shape([Int](repeating: 1, count: type.shape.rank))
            return Constant(element.reshaped(ones)).broadcast(to: type.shape)
        }
        if let arguments = arguments(of: text, "random(", ")"), let seed = UInt64(arguments[0]),
            arguments.count <= 3, type.dtype.isFloat, type.shape.elementCount <= largestRandom,
            let low = Float(arguments.count > 1 ? arguments[1] : "-1"),
            let high = Float(arguments.count > 2 ? arguments[2] : "1")
        {
            let random = randomTensor(seed: seed, low, high, type.shape)
            return Constant(random, as: type.dtype).materialized()
        }
        throw AttributeError(reason: "'\(text.prefix(40))' describes no elements of \(type)")
    }

    private static func arguments(
        of text: Substring, _ prefix: String, _ suffix: String
    ) -> [Substring]? {
        guard text.hasPrefix(prefix), text.hasSuffix(suffix) else { return nil }
        return text.dropFirst(prefix.count).dropLast(suffix.count)
            .split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == " " } }
    }

    private static func tensor(hexadecimal digits: Substring, _ type: TensorType) throws -> Tensor {
        let (byteCount, overflow) = type.shape.elementCount.multipliedReportingOverflow(
            by: type.dtype.byteCount)
        let digits = Array(digits.utf8)
        guard !overflow, digits.count / 2 == byteCount, digits.count % 2 == 0 else {
            throw AttributeError(reason: "\(digits.count / 2) bytes do not fill \(type)")
        }
        return try Tensor(dtype: type.dtype, shape: type.shape) { target in
            for index in 0..<byteCount {
                guard let high = nibble(digits[index * 2]), let low = nibble(digits[index * 2 + 1])
                else { throw AttributeError(reason: "bytes are not hexadecimal") }
                target[index] = high << 4 | low
            }
        }
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func tensor(_ words: [Substring], _ type: TensorType) throws -> Tensor {
        func elements<Element: BitwiseCopyable & LosslessStringConvertible>(
            _: Element.Type
        ) throws -> Tensor {
            let elements = try words.map { word in
                guard let element = Element(String(word)) else {
                    throw AttributeError(reason: "'\(word)' is not a valid \(type.dtype.rawValue)")
                }
                return element
            }
            return Tensor(dtype: type.dtype, shape: type.shape, copying: elements)
        }
        switch type.dtype {
        case .float32: return try elements(Float.self)
        case .float64: return try elements(Double.self)
        case .int8: return try elements(Int8.self)
        case .int16: return try elements(Int16.self)
        case .int32: return try elements(Int32.self)
        case .int64: return try elements(Int64.self)
        case .uint8, .bool: return try elements(UInt8.self)
        case .uint16: return try elements(UInt16.self)
        case .uint32: return try elements(UInt32.self)
        case .uint64: return try elements(UInt64.self)
        case .float16, .bfloat16, .string, .complex64:
            throw AttributeError(reason: "elements of \(type) are written in hexadecimal")
        }
    }

    /// SplitMix64, mapped to [low, high).
    private static func randomTensor(
        seed: UInt64, _ low: Float, _ high: Float, _ shape: Shape
    ) -> Tensor {
        var generator = SplitMix64(seed: seed)
        return Tensor(dtype: .float32, shape: shape) { target in
            for index in 0..<shape.elementCount {
                let unit = Float(generator.next() >> 40) * 0x1p-24
                target.storeBytes(
                    of: low + (high - low) * unit, toByteOffset: index * 4, as: Float.self)
            }
        }
    }
}
