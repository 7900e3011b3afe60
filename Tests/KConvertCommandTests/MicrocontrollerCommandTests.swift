import Foundation
import TestSupport
import Testing

/// C++ sources and arenas by way of the command.
struct MicrocontrollerCommandTests {
    private static let model = ["json", "h5"].map {
        Repository.testdata("keras2/layers/conv2d/activation_relu6.\($0)")
    }

    private func text(_ file: URL) throws -> String {
        try String(contentsOf: file, encoding: .utf8)
    }

    @Test func outputsOfSourcesNeedNoTarget() throws {
        try Repository.withTemporaryFolder { folder in
            let source = folder.appending(path: "my-net.cc")
            let arguments = Self.model + ["-o", source.path]
            let run = try CommandRun(arguments)
            #expect(run.exitCode == 0, "\(run.standardError)")
            #expect(try text(source).contains("#include \"my-net.h\""))
            let header = folder.appending(path: "my-net.h")
            #expect(try text(header).contains("namespace my_net {"))
            #expect(try text(header).contains("resolver.AddConv2D()"))
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(files.sorted() == ["my-net.cc", "my-net.h"])

            #expect(try CommandRun(arguments + ["--up-to-date"]).exitCode == 0)
            try Data("stale".utf8).write(to: header)
            #expect(try CommandRun(arguments + ["--up-to-date"]).exitCode == 1)
        }
    }

    @Test func filesOfOthersStay() throws {
        try Repository.withTemporaryFolder { folder in
            let build = folder.appending(path: "CMakeLists.txt")
            try Data("project(firmware)".utf8).write(to: build)
            let arguments =
                Self.model + [
                    "-o", folder.appending(path: "net.tflite").path, "--emit-c", folder.path,
                    "--platform", "esp-idf",
                ]
            let run = try CommandRun(arguments)
            #expect(run.exitCode == 64)
            #expect(run.standardError.contains("kconvert did not write this file"))
            #expect(try text(build) == "project(firmware)")
            try FileManager.default.removeItem(at: build)
            for _ in 0..<2 { #expect(try CommandRun(arguments).exitCode == 0) }
            #expect(try text(build).contains("SRCS \"net.cc\""))
        }
    }

    @Test func pipesInPlaceOfSourcesStay() throws {
        try Repository.withTemporaryFolder { folder in
            #expect(mkfifo(folder.appending(path: "net.h").path, 0o600) == 0)
            let source = folder.appending(path: "net.cc").path
            let run = try CommandRun(Self.model + ["-o", source])
            #expect(run.exitCode == 64)
            #expect(run.standardError.contains("net.h': kconvert did not write this file"))
            #expect(!FileManager.default.fileExists(atPath: source))
        }
    }

    @Test(arguments: [
        ["--emit-c", "x", "--target", "litert"], ["--platform", "zephyr"], ["--optimize-arena"],
        ["--emit-c", "x", "-o", "y.cc"], ["--target", "tflm", "--quantize", "float16"],
        ["--target", "tflm-pico", "--quantize", "dynamic"],
        ["--target", "tflm", "--dynamic-batch"],
        ["--target", "tflm", "--quantize", "weights"], ["--labels", "x"],
        ["--target", "edgetpu", "--quantize", "int8", "--samples", ":random", "--rnn", "while"],
    ])
    func contradictionsAreRefused(_ arguments: [String]) throws {
        let run = try CommandRun(Self.model + arguments)
        #expect(run.exitCode == 64, "\(run.standardError)")
    }

    @Test func arenasAreShown() throws {
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "net.tflite").path
            let run = try CommandRun(Self.model + ["-o", file, "--target", "tflm"])
            #expect(run.exitCode == 0, "\(run.standardError)")
            let check = try CommandRun(["check", file, "--target", "tflm"]).standardOutput
            #expect(check.contains(/tflm: runs in an arena of [\d,]+ bytes/))
            #expect(check.contains(/CMSIS-NN on Cortex-M4, M7 and M33, 32 bits .* margin of 2 %/))
            let json = try CommandRun(["check", file, "--target", "tflm", "--json"])
            #expect(json.standardOutput.contains("\"pointerBits\" : 64"))
            let all = try CommandRun(["check", file, "--target", "tflm", "--verbose"])
            #expect(all.standardOutput.contains(/0 .* CONV_2D v\d +yes/))
            let inspection = try CommandRun(["inspect", file]).standardOutput
            #expect(inspection.contains(/arena on microcontrollers: \d+ bytes on 32 bits/))
        }
    }
}
