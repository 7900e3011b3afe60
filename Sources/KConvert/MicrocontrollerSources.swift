import Foundations
import Interpreter
import Microcontrollers
import Problems
import TFLiteFormat

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// C++ sources with which a program for TensorFlow Lite Micro runs a `.tflite` file.
///
///     let sources = try MicrocontrollerSources(of: .path("model.tflite"))
///     try sources.write(to: "firmware/model")
///
/// The header has the size of the smallest arena for each kernel library, inputs and outputs with their scales, the
/// registration of exactly the operators that the file uses, and a self-test on a recorded run. Everything is in a namespace of
/// the model's name, so that a program can have several models.
public struct MicrocontrollerSources: Sendable {
    /// What builds the sources.
    public enum Platform: String, Sendable, CaseIterable {
        /// Any build; the header and the source alone.
        case plain
        /// A sketch or a library of Arduino.
        case arduino
        /// A component of ESP-IDF.
        case espIDF = "esp-idf"
        /// A library of Zephyr.
        case zephyr
    }

    /// How the sources are written.
    public struct Options: Sendable {
        /// The name of the model, which becomes that of the files and of the namespace; nil for that of the `.tflite` file.
        public var name: String?
        /// The name of the source with its ending, such as `model.cc`, next to which files for builds are not made; nil
        /// for the name of the model.
        public var sourceName: String?
        /// What builds the sources.
        public var platform = Platform.plain
        /// The linker section of the data, such as `.extflash`; nil for that of other constants.
        public var section: String?
        /// Whether the data are marked with `PROGMEM`.
        public var isProgramMemory = false
        /// Whether there is a self-test.
        public var hasSelfTest = true
        /// The seed of the recorded inputs.
        public var seed: UInt64 = 1

        /// A header and a source with a self-test.
        public init() {}
    }

    /// A file to write.
    public struct File: Sendable, Hashable {
        /// The name of the file.
        public let name: String
        /// The contents.
        public let text: String
    }

    /// The sources, and the files by which the build of the platform takes them.
    public let files: [File]
    /// The arenas that the file needs.
    public let arenas: [ArenaSize]

    /// The sources of a `.tflite` file of any converter.
    ///
    /// - Throws: `ConversionError` if the file cannot be read, has an operator that the runtime does not have, or its
    ///   self-test cannot be recorded.
    public init(
        of file: ModelSource.File, _ options: Options = Options()
    ) throws(ConversionError) {
        self = try ConversionError.wrapping {
            try MicrocontrollerSources(reading: file.source, options)
        }
    }

    private init(reading source: FileSource, _ options: Options) throws {
        let file = try MappedFile(source)
        let model = try locating(file: file.path) {
            try TFLiteReader.read(file.bytes, owner: file)
        }
        let path = options.sourceName ?? file.path
        let stem = path.split(separator: "/").last?.split(separator: ".").first
        var style = MicroSources.Style(name: options.name ?? stem.map(String.init) ?? "model")
        style.sourceName = options.sourceName
        style.platform = .init(rawValue: options.platform.rawValue) ?? .plain
        style.section = options.section
        style.isProgramMemory = options.isProgramMemory
        let recording =
            options.hasSelfTest ? try MicroSources.Recording(of: model, seed: options.seed) : nil
        let sources = try MicroSources(of: model, bytes: file.bytes, style, recording: recording)
        files = sources.files.map { File(name: $0.name, text: $0.text) }
        arenas = sources.arenas.map { ArenaSize($0.arena, on: $0.runtime) }
    }

    /// Whether the file at `path` is one that this program has made; false if there is no such file.
    public static func wrote(fileAt path: String) -> Bool {
        do {
            let file = try MappedFile(path: path, isInput: false)
            let start = String(decoding: file.bytes.prefix(200), as: UTF8.self)
            return start.prefix { !$0.isNewline }.contains(MicroSources.origin)
        } catch {
            return false
        }
    }

    /// Writes the files to a folder, which is made if it does not exist.
    ///
    /// - Throws: `ConversionError` if a file cannot be written.
    public func write(to folder: String) throws(ConversionError) {
        try ConversionError.wrapping {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
        }
        for file in files {
            try FileReplacement.write(Array(file.text.utf8), to: "\(folder)/\(file.name)")
        }
    }
}

extension MicroSources.Recording {
    /// A run of a model on random inputs: real numbers from −1 to 1, integers that stand for them, other integers 0 or 1.
    fileprivate init(of file: TFLiteModel, seed: UInt64) throws {
        let model = try LiteModel(file)
        var numbers = SplitMix64(seed: seed)
        let inputs = try model.inputs.map { input in
            let shape = input.shape.map { $0 == -1 ? 1 : $0 }
            let count = shape.reduce(1, *)
            let bytes = (0..<count).flatMap { _ in input.randomElement(&numbers) }
            return try bytes.withUnsafeBytes {
                try LiteTensor(bytes: $0, elementType: input.elementType, shape: shape)
            }
        }
        let outputs = try model.makeSession().run(inputs)
        func bytes(_ tensors: [LiteTensor]) -> [[UInt8]] {
            tensors.map { $0.withUnsafeBytes { Array($0) } }
        }
        self.init(inputs: bytes(inputs), outputs: bytes(outputs))
    }
}

extension LiteTensorDescription {
    /// The bytes of a random element.
    fileprivate func randomElement(_ numbers: inout SplitMix64) -> [UInt8] {
        switch elementType {
        case .float32:
            let number = Float.random(in: -1...1, using: &numbers)
            return withUnsafeBytes(of: number) { Array($0) }
        case .float64:
            let number = Double.random(in: -1...1, using: &numbers)
            return withUnsafeBytes(of: number) { Array($0) }
        default:
            let size = elementType.byteCount
            let isReal = quantization != nil
            return (0..<size).map { byte in
                isReal
                    ? UInt8.random(in: 0...255, using: &numbers)
                    : byte == 0 ? UInt8.random(in: 0...1, using: &numbers) : 0
            }
        }
    }
}

/// The memory that TensorFlow Lite Micro needs for a file with one library of kernels.
public struct ArenaSize: Sendable, Codable {
    /// The kernels and the processors that they are for.
    public let kernels: String
    /// The bits of a pointer, 32 or 64.
    public let pointerBits: Int
    /// The bytes of the smallest arena, which has to start at a multiple of 16.
    public let byteCount: Int
    /// The bytes of activations and of the kernels' working memory in it.
    public let activationByteCount: Int
    /// Whether arenas for these kernels were compared with the runtime; other sizes have a margin of 2 %.
    public let isMeasured: Bool

    init(_ arena: MicroArena, on runtime: MicroRuntime) {
        kernels = runtime.kernels.name
        pointerBits = 8 * runtime.word.byteCount
        byteCount = arena.byteCount
        activationByteCount = arena.headByteCount
        isMeasured = runtime.kernels.isMeasured
    }

    /// The arenas of a file for every library of kernels on 32-bit processors, and for the reference kernels on 64-bit ones.
    static func all(of model: TFLiteModel) throws -> [ArenaSize] {
        try MicroRuntime.all.map { ArenaSize(try MicroArena(of: model, on: $0), on: $0) }
    }
}
