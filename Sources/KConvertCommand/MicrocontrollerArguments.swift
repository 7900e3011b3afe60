import ArgumentParser
import KConvert

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The options of a conversion for TensorFlow Lite Micro.
struct MicrocontrollerArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write C++ sources of the file to a folder: its bytes, the arena size, the operators, a self-test.",
            valueName: "folder"), completion: .directory)
    var emitC: String?

    @Option(help: "What builds the C++ sources.")
    var platform = MicrocontrollerSources.Platform.plain

    @Option(help: "The linker section of the bytes in the C++ sources, such as .extflash.")
    var section: String?

    @Flag(help: "Mark the bytes in the C++ sources with PROGMEM.")
    var progmem = false

    @Flag(help: "Store a plan of the arena in the file if it takes less memory than the runtime's.")
    var optimizeArena = false

    /// Whether C++ sources are asked for.
    func writesSources(_ output: String?) -> Bool {
        emitC != nil || ConversionDestination.isSource(output)
    }

    /// Makes sure that the options fit each other, the targets, the form of numbers and the path of `-o`.
    func validate(
        targets: [ConversionTarget], output: String?, _ quantization: QuantizationArguments
    ) throws {
        try validate(quantization, for: targets)
        guard
            targets.contains(where: \.isMicrocontroller)
                || !(writesSources(output) || optimizeArena)
        else {
            throw ValidationError(
                "C++ sources and --optimize-arena belong to TensorFlow Lite Micro; add --target tflm."
            )
        }
        guard emitC == nil || !ConversionDestination.isSource(output) else {
            throw ValidationError("Give the C++ sources either with -o or with --emit-c.")
        }
        guard writesSources(output) || (platform == .plain && section == nil && !progmem) else {
            throw ValidationError(
                "--platform, --section and --progmem belong to C++ sources; add --emit-c.")
        }
    }

    /// Makes sure that TensorFlow Lite Micro computes with numbers that are stored in a form.
    private func validate(
        _ quantization: QuantizationArguments, for targets: [ConversionTarget]
    ) throws {
        guard targets.contains(where: \.isMicrocontroller), let mode = quantization.quantize else {
            return
        }
        let reason: String? =
            switch mode {
            case .float16: "it has no 16-bit floats"
            case .dynamic: "it does not multiply floats by 8-bit weights"
            case .weights: "it reads one scale where weights have one for each channel"
            case .int8, .int16x8: nil
            }
        if let reason {
            throw ValidationError(
                "TensorFlow Lite Micro cannot run files of --quantize \(mode.rawValue): \(reason).")
        }
    }

    /// The C++ sources of a converted file by their paths; empty if none are asked for.
    func sources(
        of file: ModelSource.File, _ destination: ConversionDestination
    ) throws -> [(path: String, text: String)] {
        var options = MicrocontrollerSources.Options()
        options.platform = platform
        options.section = section
        options.isProgramMemory = progmem
        var folder = emitC
        if case .sources(let path) = destination {
            let slash = path.lastIndex(of: "/")
            folder = slash.map { String(path[...$0]) } ?? "."
            options.sourceName = slash.map { String(path[path.index(after: $0)...]) } ?? path
        }
        guard let folder else { return [] }
        return try MicrocontrollerSources(of: file, options).files.map {
            (folder.hasSuffix("/") ? folder + $0.name : "\(folder)/\($0.name)", $0.text)
        }
    }

    /// Writes the C++ sources of a converted file if they are asked for.
    ///
    /// Files beside them that somebody else has made stay: a folder of firmware has its own `CMakeLists.txt`.
    func write(sourcesOf file: ModelSource.File, _ destination: ConversionDestination) throws {
        let sources = try sources(of: file, destination)
        for source in sources where source.path != destination.path {
            guard FileManager.default.fileExists(atPath: source.path),
                !MicrocontrollerSources.wrote(fileAt: source.path)
            else { continue }
            throw Command.Failure(
                description: "error: file '\(source.path)': kconvert did not write this file.\n"
                    + "       Give another folder, or remove the file.", code: .usage)
        }
        for source in sources {
            try Command.createFolder(of: source.path)
            try Command.writeFile(source.text, to: source.path)
        }
    }
}

extension MicrocontrollerSources.Platform: ExpressibleByArgument {}
