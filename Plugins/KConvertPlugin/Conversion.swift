import Foundation
import PackagePlugin

/// What a `kconvert.json` asks for.
struct Conversion {
    /// Why a file of options cannot be used.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let config: URL
    /// The files that the conversion reads.
    private let inputs: [URL]
    /// The name of the model, that of the output without its ending.
    let name: String

    /// The options that name files to read; `kconvert` itself checks all others.
    private static let inputOptions = [
        "model", "weights", "samples", "data", "statistics", "labels",
    ]

    /// Reads a file of options.
    ///
    /// - Throws: `Failure` if it is not a JSON object with a model, or if a file is missing.
    init(config: URL) throws {
        self.config = config
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: config))
        guard let options = json as? [String: Any], let model = options["model"] as? String else {
            throw Failure(
                description: "\(config.path): there is no \"model\". "
                    + "Write { \"model\": \"model.keras\" } with a path relative to this file.")
        }
        inputs = try Self.inputOptions.flatMap { option in
            try Self.paths(options[option]).flatMap { path in
                try Self.files(path, of: option, in: config)
            }
        }
        let output = options["output"] as? String ?? model
        name = URL(filePath: output).deletingPathExtension().lastPathComponent
    }

    private static func paths(_ value: Any?) -> [String] {
        let values = value as? [String] ?? (value as? String).map { [$0] } ?? []
        return values.filter { !$0.hasPrefix(":") }
    }

    /// A file, or the files in a folder; a checkpoint stands for the files whose names it begins.
    private static func files(_ path: String, of option: String, in config: URL) throws -> [URL] {
        let folder = config.deletingLastPathComponent()
        let url = path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) {
            guard isFolder.boolValue else { return [url] }
            return try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted()
                .map { url.appending(path: $0) }
        }
        let parent = url.deletingLastPathComponent()
        let parts = try? FileManager.default.contentsOfDirectory(atPath: parent.path).filter {
            $0.hasPrefix(url.lastPathComponent + ".")
        }
        guard let parts, !parts.isEmpty else {
            throw Failure(
                description: "\(config.path): the file of \"\(option)\" is missing: \(url.path). "
                    + "Paths are relative to the folder of kconvert.json.")
        }
        return parts.sorted().map { parent.appending(path: $0) }
    }

    /// The command that writes the model and the code for it.
    func command(_ tool: URL, in folder: URL) -> Command {
        let model = folder.appending(path: "\(name).tflite")
        let code = folder.appending(path: "\(name)+Model.swift")
        return .buildCommand(
            displayName: "Converting \(name)",
            executable: tool,
            arguments: [
                "convert", "--config", config.path, "-o", model.path, "--emit-swift", code.path,
                "--quiet",
            ],
            inputFiles: [config, tool] + inputs, outputFiles: [model, code])
    }
}
