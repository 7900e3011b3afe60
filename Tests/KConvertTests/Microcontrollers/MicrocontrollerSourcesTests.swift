import FixtureSupport
import Foundation
import Interpreter
import KConvert
import TestSupport
import Testing

/// C++ sources compile, hold the bytes of the file, register its operators and prove the file right.
@Suite(.enabled(if: CompiledProgram.compiler != nil, "there is no C++ compiler"))
struct MicrocontrollerSourcesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let fixture: String
        let mode: QuantizationOptions.Mode?
        var interface = QuantizationOptions.Interface.float32
        var testDescription: String { "\(fixture) \(mode?.rawValue ?? "float")" }
    }

    static let cases = [
        Case(fixture: "keras2/layers/dense/activation_relu", mode: nil),
        Case(fixture: "keras2/models/functional", mode: nil),
        Case(fixture: "keras2/models/audio_cnn", mode: .int8, interface: .int8),
        Case(fixture: "keras2/models/several_inputs_outputs", mode: nil),
        Case(fixture: "keras2/layers/lstm/last", mode: nil),
        Case(fixture: "keras2/layers/embedding/plain", mode: nil),
    ]

    private func file(_ test: Case) throws -> [UInt8] {
        let fixture = try #require(Fixture.all.first { $0.path == "/" + test.fixture })
        var options = ConversionOptions()
        options.targets = [.micro]
        options.batch = .fixed(1)
        options.verification = .off
        options.quantization = test.mode.map { QuantizationOptions($0) }
        options.quantization?.samples = .random
        options.quantization?.interface = test.interface
        options.quantization?.isForced = true
        return try Converter(options).convert(fixture.source).bytes
    }

    @Test(arguments: cases)
    func programsProveTheirModels(_ test: Case) throws {
        let bytes = try file(test)
        try Repository.withTemporaryFolder { folder in
            try Data(bytes).write(to: folder.appending(path: "model.tflite"))
            var names: [String] = []
            for (name, section) in [("class", nil), ("2 models", ".model")] {
                var options = MicrocontrollerSources.Options()
                options.name = name
                options.section = section
                options.isProgramMemory = section == nil
                let sources = try MicrocontrollerSources(
                    of: .path(folder.appending(path: "model.tflite").path), options)
                try sources.write(to: folder.path)
                names += sources.files.map(\.name)
            }
            #expect(
                names == [
                    "class_model.h", "class_model.cc", "model_2_models.h", "model_2_models.cc",
                ])
            let header = try String(
                contentsOf: folder.appending(path: "class_model.h"), encoding: .utf8)
            let methods = Set(header.matches(of: /resolver\.(Add\w+)/).map { String($0.1) })
            let model = try LiteModel(bytes: bytes)
            let program = try CompiledProgram(
                Self.main(model, conversions: try Self.conversions(header)), in: folder,
                sources: ["class_model.cc", "model_2_models.cc"],
                methods: methods.sorted())
            #expect(try program.run("record") == 0, "\(test)")
            let inputs = try model.inputs.enumerated().map { index, input in
                let data = try Data(contentsOf: folder.appending(path: "in\(index)"))
                return try data.withUnsafeBytes {
                    try LiteTensor(
                        bytes: $0, elementType: input.elementType, shape: input.shape)
                }
            }
            for (index, output) in try model.predict(inputs).enumerated() {
                try output.withUnsafeBytes { Data($0) }
                    .write(to: folder.appending(path: "out\(index)"))
            }
            #expect(try program.run("prove") == 0, "\(test)")
        }
    }

    /// Statements that try the conversions of each input and output whose header has some.
    private static func conversions(_ header: String) throws -> String {
        let ports = header.matches(
            of: /namespace ((?:Input|Output)\w+) \{(?s:(.*?))\}  \/\/ namespace/)
        #expect(!ports.isEmpty)
        return ports.filter { $0.2.contains("Quantize") }.map { match in
            let port = "class_model::\(match.1)"
            return """
                  for (int i = -128; i < 128; ++i) {
                    const auto integer = static_cast<\(port)::Element>(i);
                    if (\(port)::Quantize(\(port)::Dequantize(integer)) != integer) return 10;
                  }
                  if (\(port)::Quantize(1e30f) != std::numeric_limits<\(port)::Element>::max()) return 11;
                  if (\(port)::Quantize(-1e30f) != std::numeric_limits<\(port)::Element>::min()) return 12;
                  if (\(port)::Dequantize(static_cast<\(port)::Element>(\(port)::kZeroPoint)) != 0) return 13;
                """
        }.joined(separator: "\n")
    }

    @Test func platformsGetTheFilesOfTheirBuilds() throws {
        let bytes = try file(Self.cases[0])
        func sources(_ platform: MicrocontrollerSources.Platform, _ name: String? = nil) throws
            -> MicrocontrollerSources
        {
            var options = MicrocontrollerSources.Options()
            options.platform = platform
            options.sourceName = name
            return try MicrocontrollerSources(of: .bytes(bytes, name: "digits.tflite"), options)
        }
        let idf = try sources(.espIDF).files
        #expect(
            idf.map(\.name) == ["digits.h", "digits.cc", "CMakeLists.txt", "idf_component.yml"])
        #expect(idf[2].text.contains("SRCS \"digits.cc\""))
        #expect(try sources(.zephyr).files[2].text.contains("zephyr_library_sources(digits.cc)"))
        #expect(try sources(.zephyr, "net.cc").files.map(\.name) == ["net.h", "net.cc"])
        let arduino = try sources(.arduino)
        #expect(arduino.files.map(\.name) == ["digits.h", "digits.cpp"])
        try Repository.withTemporaryFolder { folder in
            try arduino.write(to: folder.path)
            let header = arduino.files[0].text
            let methods = Set(header.matches(of: /resolver\.(Add\w+)/).map { String($0.1) })
            _ = try CompiledProgram(
                "#include \"digits.h\"\nint main() { return digits::kDataSize == 0; }",
                in: folder, sources: ["digits.cpp"], methods: methods.sorted(),
                flags: ["-DARDUINO=1"])
        }
    }

    /// A program that compares data and registers operators, runs the self-test on zeros as outputs and writes its inputs,
    /// or runs it on outputs that it reads.
    ///
    /// - Parameter conversions: statements that end it with another code if a conversion is wrong.
    private static func main(_ model: LiteModel, conversions: String) -> String {
        func sizes(_ tensors: [LiteTensorDescription]) -> String {
            tensors.map { String($0.shape.reduce($0.elementType.byteCount, *)) }
                .joined(separator: ", ")
        }
        return """
            #include <cstdio>
            #include <fstream>
            #include <iterator>
            #include <limits>
            #include <string>
            #include "class_model.h"
            #include "model_2_models.h"
            using Bytes = std::vector<char>;
            static Bytes read(std::string name) {
              std::ifstream file(name, std::ios::binary);
              return Bytes(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
            }
            int main(int, char** arguments) {
              const Bytes file = read("model.tflite");
              if (file.size() != class_model::kDataSize || file.size() != model_2_models::kDataSize) return 2;
              if (std::memcmp(file.data(), class_model::kData, file.size())) return 3;
              if (std::memcmp(file.data(), model_2_models::kData, file.size())) return 4;
              if (reinterpret_cast<uintptr_t>(class_model::kData) % 16) return 5;
              class_model::Resolver resolver;
              if (class_model::RegisterOperators(resolver) != kTfLiteOk) return 6;
              if (static_cast<int>(resolver.count) != class_model::kOperatorCount) return 7;
              if (class_model::kArenaSize % 16 || class_model::kArenaSizeReference < 512) return 8;
            \(conversions)
              std::vector<Bytes> inputs, outputs;
              for (size_t size : {\(sizes(model.inputs))}) inputs.push_back(Bytes(size));
              for (size_t size : {\(sizes(model.outputs))}) outputs.push_back(Bytes(size));
              tflite::MicroInterpreter interpreter;
              for (auto& bytes : inputs) interpreter.inputs.push_back({{bytes.data()}, bytes.size()});
              for (auto& bytes : outputs) interpreter.outputs.push_back({{bytes.data()}, bytes.size()});
              const bool proves = std::string(arguments[1]) == "prove";
              interpreter.run = [&] {
                for (size_t i = 0; i < inputs.size(); ++i)
                  std::ofstream("in" + std::to_string(i), std::ios::binary).write(inputs[i].data(), inputs[i].size());
                for (size_t i = 0; proves && i < outputs.size(); ++i) {
                  const Bytes bytes = read("out" + std::to_string(i));
                  if (bytes.size() == outputs[i].size()) std::memcpy(outputs[i].data(), bytes.data(), bytes.size());
                }
              };
              const bool isProven = class_model::SelfTest(interpreter) == kTfLiteOk;
              return isProven == proves ? 0 : 9;
            }
            """
    }
}
