/// A library of kernels that a build of TensorFlow Lite Micro is linked with.
package enum MicroKernels: String, Sendable, CaseIterable {
    /// The portable kernels of the runtime.
    case reference
    /// CMSIS-NN on processors with the DSP extension: Cortex-M4, M7, M33.
    case cmsisDSP = "cmsis_dsp"
    /// CMSIS-NN on processors with Helium: Cortex-M52, M55, M85.
    case cmsisMVE = "cmsis_mve"
    /// ESP-NN's portable kernels: ESP32, ESP32-C3.
    case esp = "esp"
    /// ESP-NN's kernels for the vector unit of the ESP32-S3.
    case espS3 = "esp_s3"

    /// The name of the library and its processors.
    package var name: String {
        switch self {
        case .reference: "reference kernels"
        case .cmsisDSP: "CMSIS-NN on Cortex-M4, M7 and M33"
        case .cmsisMVE: "CMSIS-NN on Cortex-M52, M55 and M85"
        case .esp: "ESP-NN on ESP32 and ESP32-C3"
        case .espS3: "ESP-NN on ESP32-S3"
        }
    }

    /// Whether arenas for these kernels were compared with the runtime; the others are given a margin.
    package var isMeasured: Bool { self == .reference }
}
