import Foundation
import TestSupport
import Testing

/// A C++ program made with the compiler of this machine and stand-ins for the headers of TensorFlow Lite Micro.
struct CompiledProgram {
    private let folder: URL

    /// The first C++ compiler of the search path; nil if there is none.
    static let compiler = ["g++", "clang++", "c++"].lazy.compactMap { name in
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }.first

    /// Compiles `main` with all sources of a folder.
    ///
    /// - Parameters:
    ///   - methods: the methods of the resolver.
    ///   - flags: of the compiler.
    init(
        _ main: String, in folder: URL, sources: [String], methods: [String], flags: [String] = []
    ) throws {
        self.folder = folder
        let adds = methods.map { "  TfLiteStatus \($0)() { return Add(); }" }
        let headers = [
            "c/common.h": """
            #pragma once
            #include <cstddef>
            enum TfLiteStatus { kTfLiteOk = 0, kTfLiteError = 1 };
            struct TfLiteTensor { struct { void* data; } data; size_t bytes; };
            """,
            "micro/micro_interpreter.h": """
            #pragma once
            #include <functional>
            #include <vector>
            namespace tflite {
            struct MicroInterpreter {
              std::vector<TfLiteTensor> inputs, outputs;
              std::function<void()> run;
              TfLiteTensor* input(size_t index) { return &inputs[index]; }
              TfLiteTensor* output(size_t index) { return &outputs[index]; }
              TfLiteStatus Invoke() { run(); return kTfLiteOk; }
            };
            }
            """,
            "../Arduino.h": "#pragma once\n#define PROGMEM",
            "../TensorFlowLite.h": "#pragma once",
            "micro/micro_mutable_op_resolver.h": """
            #pragma once
            namespace tflite {
            template <unsigned int capacity> class MicroMutableOpResolver {
             public:
              unsigned int count = 0;
            \(adds.joined(separator: "\n"))
             private:
              TfLiteStatus Add() { return count++ < capacity ? kTfLiteOk : kTfLiteError; }
            };
            }
            """,
        ]
        for (path, text) in headers {
            let file = folder.appending(path: "stubs/tensorflow/lite/\(path)").standardized
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        try main.write(
            to: folder.appending(path: "main.cc"), atomically: true, encoding: .utf8)
        let compiler = try #require(Self.compiler)
        let status = try Self.run(
            compiler,
            [
                "-std=c++14", "-Wall", "-Wextra", "-Werror", "-Istubs", "-Istubs/tensorflow",
                "-I.", "-o", "program", "main.cc",
            ]
                + flags + sources, in: folder)
        #expect(status == 0, "the sources do not compile")
    }

    /// Runs the program; the result is its exit code.
    func run(_ arguments: String...) throws -> Int32 {
        try Self.run(folder.appending(path: "program").path, arguments, in: folder)
    }

    private static func run(_ tool: String, _ arguments: [String], in folder: URL) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: tool)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
