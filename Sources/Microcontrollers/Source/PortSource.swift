import TFLiteFormat

/// What the header says of one input or output.
struct PortSource {
    private let port: SourceParts.Port
    private let index: Int

    init(_ port: SourceParts.Port, index: Int) {
        self.port = port
        self.index = index
    }

    var text: String {
        let shape = port.tensor.shape
        let extents = shape.isEmpty ? "1" : shape.map(String.init).joined(separator: ", ")
        return """
            // \(CText.comment(port.name)): \(port.type) \(shape).
            namespace \(port.identifier) {
            using Element = \(port.type);
            constexpr int kIndex = \(index);
            constexpr const char* kName = \(CText.string(port.name));
            constexpr int kRank = \(shape.count);
            constexpr int kShape[] = {\(extents)};
            constexpr size_t kElementCount = \(port.tensor.elementCount);
            \(scaling)}  // namespace \(port.identifier)

            """
    }

    /// Scale and zero point with conversions from and to real numbers.
    private var scaling: String {
        guard let (scale, zeroPoint) = port.scaling, let range = Self.range(port.tensor.type)
        else { return "" }
        return """
            constexpr float kScale = \(CText.float(scale));
            constexpr int kZeroPoint = \(zeroPoint);
            // The integer that stands for a real number.
            inline Element Quantize(float real) {
              const float integer = std::round(real / kScale) + static_cast<float>(kZeroPoint);
              if (!(integer > \(range.lowerBound))) return \(range.lowerBound);
              return integer < \(range.upperBound) ? static_cast<Element>(integer) : \(range.upperBound);
            }
            // The real number that an integer stands for.
            inline float Dequantize(Element integer) {
              return kScale * static_cast<float>(static_cast<int>(integer) - kZeroPoint);
            }

            """
    }

    private static func range(_ type: TFLiteTensorType) -> ClosedRange<Int>? {
        switch type {
        case .int8: -128...127
        case .uint8: 0...255
        case .int16: -32768...32767
        default: nil
        }
    }
}
