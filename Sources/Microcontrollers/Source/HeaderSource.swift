import TFLiteFormat

/// The header of a model: constants, conversions, the registration of operators and the self-test.
struct HeaderSource {
    private let parts: SourceParts

    init(_ parts: SourceParts) {
        self.parts = parts
    }

    var text: String {
        let guardName = "KCONVERT_\(parts.identifier.uppercased())_H_"
        return """
            \(parts.preamble)#ifndef \(guardName)
            #define \(guardName)

            #include <cmath>
            #include <cstddef>
            #include <cstdint>
            #include <cstring>

            \(runtimeHeaders)
            namespace \(parts.identifier) {

            \(data)
            \(arenas)
            \(ports)
            \(registration)
            \(selfTest)}  // namespace \(parts.identifier)

            #endif  // \(guardName)

            """
    }

    private var runtimeHeaders: String {
        let arduino = parts.style.platform == .arduino ? "#include <TensorFlowLite.h>\n" : ""
        return arduino + """
            #include "tensorflow/lite/c/common.h"
            #include "tensorflow/lite/micro/micro_interpreter.h"
            #include "tensorflow/lite/micro/micro_mutable_op_resolver.h"

            """
    }

    private var data: String {
        """
        // The .tflite file, which takes this many bytes of flash.
        constexpr size_t kDataSize = \(parts.byteCount);
        extern const unsigned char kData[kDataSize];

        """
    }

    /// The sizes of arenas, and the one that fits the build.
    private var arenas: String {
        let narrow = parts.arenas.filter { $0.runtime.word == .bits32 }
        let wide = parts.arenas.first { $0.runtime.word == .bits64 }?.arena.byteCount ?? 0
        let constants = narrow.map { entry in
            let margin = entry.runtime.kernels.isMeasured ? "" : ", with a margin of 2 %"
            return "// \(entry.runtime.kernels.name)\(margin).\n"
                + "constexpr size_t \(Self.name(entry.runtime.kernels)) = \(entry.arena.byteCount);"
        }
        let variables =
            parts.resourceVariableCount == 0
            ? ""
            : """

            // What to give to tflite::MicroResourceVariables::Create.
            constexpr int kResourceVariableCount = \(parts.resourceVariableCount);
            """
        return """
            // The smallest arenas, which have to start at a multiple of 16, on 32-bit processors:
            \(constants.joined(separator: "\n"))
            // The reference kernels on 64-bit processors.
            constexpr size_t kArenaSize64Bit = \(wide);
            // The arena for this build, if its flags are those of the runtime's.
            #if UINTPTR_MAX > 0xffffffffu
            constexpr size_t kArenaSize = kArenaSize64Bit;
            #elif defined(ESP_NN) && defined(CONFIG_IDF_TARGET_ESP32S3)
            constexpr size_t kArenaSize = kArenaSizeEspNnS3;
            #elif defined(ESP_NN)
            constexpr size_t kArenaSize = kArenaSizeEspNn;
            #elif defined(CMSIS_NN) && defined(__ARM_FEATURE_MVE)
            constexpr size_t kArenaSize = kArenaSizeCmsisNnMve;
            #elif defined(CMSIS_NN)
            constexpr size_t kArenaSize = kArenaSizeCmsisNnDsp;
            #else
            constexpr size_t kArenaSize = kArenaSizeReference;
            #endif\(variables)

            """
    }

    private static func name(_ kernels: MicroKernels) -> String {
        switch kernels {
        case .reference: "kArenaSizeReference"
        case .cmsisDSP: "kArenaSizeCmsisNnDsp"
        case .cmsisMVE: "kArenaSizeCmsisNnMve"
        case .esp: "kArenaSizeEspNn"
        case .espS3: "kArenaSizeEspNnS3"
        }
    }

    private var ports: String {
        func list(_ ports: [SourceParts.Port]) -> String {
            ports.enumerated().map { PortSource($1, index: $0).text }.joined(separator: "\n")
        }
        return """
            constexpr int kInputCount = \(parts.inputs.count);
            constexpr int kOutputCount = \(parts.outputs.count);

            \(list(parts.inputs))
            \(list(parts.outputs))
            """
    }

    private var registration: String {
        let calls = parts.registrations.map {
            "  if (resolver.\($0) != kTfLiteOk) return kTfLiteError;"
        }
        return """
            // The operators of the model.
            constexpr int kOperatorCount = \(max(parts.registrations.count, 1));
            using Resolver = tflite::MicroMutableOpResolver<kOperatorCount>;

            // Registers the operators; a resolver for several models has room for all of them.
            template <unsigned int count>
            inline TfLiteStatus RegisterOperators(tflite::MicroMutableOpResolver<count>& resolver) {
            \(calls.isEmpty ? "  (void)resolver;" : calls.joined(separator: "\n"))
              return kTfLiteOk;
            }

            """
    }

    private var selfTest: String {
        guard parts.hasSelfTest else { return "" }
        return """
            // Runs the model on recorded inputs and compares the outputs with recorded ones; to call once after
            // AllocateTensors. States of the model have to be reset afterwards.
            TfLiteStatus SelfTest(tflite::MicroInterpreter& interpreter);


            """
    }
}
