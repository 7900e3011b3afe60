import KConvert

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where the converted file goes.
enum ConversionDestination {
    case file(String)
    /// C++ sources that hold the file.
    case sources(String)
    case standardOutput

    /// The destination that `-o` names, or a file beside the model.
    ///
    /// Without `-o` it is the path of the model with the ending `.tflite`.
    ///
    /// - Throws: `Command.Failure` of wrong usage if nobody has asked to replace what is there, or to print bytes to a
    ///   terminal.
    init(_ output: String?, model: String) throws {
        switch output {
        case "-":
            guard isatty(STDOUT_FILENO) == 0 else {
                throw Command.Failure(
                    description:
                        "error: standard output is a terminal, which cannot show the file.\n"
                        + "       Redirect it with > model.tflite, or give a path with -o.",
                    code: .usage)
            }
            self = .standardOutput
        case let path? where Self.isSource(path):
            self = .sources(path)
        case let path?:
            self = .file(path)
        case nil:
            let path = Self.path(beside: model)
            guard access(path, F_OK) != 0 || Converter.wrote(fileAt: path) else {
                throw Command.Failure(
                    description: "error: file '\(path)': kconvert did not write this file.\n"
                        + "       Give the output with -o; -o \(path) replaces the file.",
                    code: .usage)
            }
            self = .file(path)
        }
    }

    /// `digits.tflite` for `digits.keras`, `digits.json` or a folder `digits/`.
    private static func path(beside model: String) -> String {
        var stem = model[...]
        while stem.count > 1, stem.last == "/" { stem.removeLast() }
        let name = stem.split(separator: "/").last ?? stem
        if let dot = name.lastIndex(of: "."), dot != name.startIndex {
            stem = stem[..<dot]
        }
        return stem + ".tflite"
    }

    /// Whether `-o` names C++ sources, by its ending.
    static func isSource(_ output: String?) -> Bool {
        [".cc", ".cpp", ".cxx"].contains { output?.hasSuffix($0) ?? false }
    }

    /// The path; nil for standard output.
    var path: String? {
        switch self {
        case .file(let path), .sources(let path): path
        case .standardOutput: nil
        }
    }

    /// The path, or `standard output`.
    var name: String { path ?? "standard output" }

    /// Converts a model and puts the file where it goes; C++ sources are left to the caller.
    func convert(
        _ source: ModelSource, with converter: Converter, _ progress: ProgressLine
    ) throws -> (report: ConversionReport, file: ModelSource.File) {
        func show(_ step: ConversionProgress) -> ProgressResponse {
            progress.show(step)
            return .proceed
        }
        if case .file(let path) = self {
            return (try converter.convert(source, to: path, progress: show), .path(path))
        }
        let file = try converter.convert(source, progress: show)
        progress.clear()
        if case .standardOutput = self { try Command.writeOutput(file.bytes) }
        return (file.report, .bytes(file.bytes, name: "model.tflite"))
    }
}
