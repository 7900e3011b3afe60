import ArgumentParser
import KConvert

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

    /// Makes sure that the options fit each other and the targets.
    func validate(targets: [ConversionTarget]) throws {
        let isMicrocontroller = targets.contains(where: \.isMicrocontroller)
        guard isMicrocontroller || (emitC == nil && !optimizeArena) else {
            throw ValidationError(
                "--emit-c and --optimize-arena belong to TensorFlow Lite Micro; add --target tflm.")
        }
        guard emitC != nil || (platform == .plain && section == nil && !progmem) else {
            throw ValidationError("--platform, --section and --progmem belong to --emit-c.")
        }
    }

    /// Writes the C++ sources of a converted file if they are asked for.
    func write(sourcesOf file: String?) throws {
        guard let emitC else { return }
        guard let file else {
            throw Command.Failure(
                description: "error: --emit-c needs the path of the file.\n       Give it with -o.",
                code: .usage)
        }
        var options = MicrocontrollerSources.Options()
        options.platform = platform
        options.section = section
        options.isProgramMemory = progmem
        try MicrocontrollerSources(of: .path(file), options).write(to: emitC)
    }
}

extension MicrocontrollerSources.Platform: ExpressibleByArgument {}
