import TFLiteFormat

/// The source with the bytes of the file and the self-test.
struct DataSource {
    private let parts: SourceParts

    init(_ parts: SourceParts) {
        self.parts = parts
    }

    func text(_ bytes: UnsafeRawBufferPointer) -> String {
        """
        \(parts.preamble)#include "\(parts.header)"
        \(programMemory)
        namespace \(parts.identifier) {

        alignas(16) const unsigned char kData[kDataSize]\(attributes) = {
        \(CText.bytes(bytes))};
        \(selfTest)
        }  // namespace \(parts.identifier)

        """
    }

    private var programMemory: String {
        guard parts.style.isProgramMemory else { return "" }
        return """

            #if defined(ARDUINO)
            #include <Arduino.h>
            #endif
            #ifndef PROGMEM
            #define PROGMEM
            #endif

            """
    }

    private var attributes: String {
        (parts.style.isProgramMemory ? " PROGMEM" : "")
            + (parts.style.section.map { " __attribute__((section(\(CText.string($0)))))" } ?? "")
    }

    private var selfTest: String {
        guard parts.hasSelfTest else { return "" }
        let ports = parts.inputs + parts.outputs
        let arrays = ports.map { port in
            let bytes = port.recorded ?? []
            return """
                alignas(16) const unsigned char k\(port.identifier)Recorded[] = {
                \(bytes.withUnsafeBytes { CText.bytes($0) })};
                """
        }
        let copies = parts.inputs.enumerated().map { index, port in
            """
              if (interpreter.input(\(index))->bytes != sizeof(k\(port.identifier)Recorded)) return kTfLiteError;
              std::memcpy(interpreter.input(\(index))->data.data, k\(port.identifier)Recorded,
                          sizeof(k\(port.identifier)Recorded));
            """
        }
        let checks = parts.outputs.enumerated().map { index, port in
            """
              if (interpreter.output(\(index))->bytes != sizeof(k\(port.identifier)Recorded) ||
                  !Agrees<\(port.type)>(interpreter.output(\(index))->data.data, k\(port.identifier)Recorded,
                      \(port.tensor.elementCount), \(Self.tolerance(port)))) {
                return kTfLiteError;
              }
            """
        }
        return """

            namespace {

            \(arrays.joined(separator: "\n\n"))

            // Whether no element differs by more than a tolerance.
            template <typename Element>
            bool Agrees(const void* found, const void* recorded, size_t count, double tolerance) {
              for (size_t index = 0; index < count; ++index) {
                Element a, b;
                std::memcpy(&a, static_cast<const char*>(found) + index * sizeof(Element), sizeof(Element));
                std::memcpy(&b, static_cast<const char*>(recorded) + index * sizeof(Element), sizeof(Element));
                const double difference = static_cast<double>(a) - static_cast<double>(b);
                if (a != b && !(std::fabs(difference) <= tolerance) && (a == a || b == b)) return false;
              }
              return true;
            }

            }  // namespace

            TfLiteStatus SelfTest(tflite::MicroInterpreter& interpreter) {
            \(copies.joined(separator: "\n"))
              if (interpreter.Invoke() != kTfLiteOk) return kTfLiteError;
            \(checks.joined(separator: "\n"))
              return kTfLiteOk;
            }

            """
    }

    /// How far an output may be from the recorded one: rounding of floats in relation to their spread, some steps of integers
    /// that stand for real numbers, since kernels of processors round otherwise, nothing for others.
    private static func tolerance(_ port: SourceParts.Port) -> String {
        if port.scaling != nil { return port.tensor.type == .int16 ? "32" : "4" }
        guard port.tensor.type == .float32 else { return "0" }
        let values = (port.recorded ?? []).withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                Float(bitPattern: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))
            }
        }.filter(\.isFinite)
        let spread = (values.max() ?? 0) - (values.min() ?? 0)
        let largest = values.map { abs($0) }.max() ?? 0
        return "\(1e-3 * Double(max(spread, largest * 1e-2, 1e-6)))"
    }
}
