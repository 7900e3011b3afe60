import Problems
import TFLiteFormat

/// C++ sources with which a program for TensorFlow Lite Micro runs a file.
package struct MicroSources: Sendable {
    /// A file to write.
    package struct File: Sendable, Equatable {
        package let name: String
        package let text: String
    }

    /// How the sources are written.
    package struct Style: Sendable {
        /// What builds them.
        package enum Platform: String, Sendable, CaseIterable {
            case plain
            case arduino
            case espIDF = "esp-idf"
            case zephyr
        }

        /// The name of the model, from which those of files and of the namespace are made.
        package var name: String
        /// The name of the source with its ending; nil for that of the model.
        package var sourceName: String?
        package var platform = Platform.plain
        /// The linker section of the data; nil for that of other constants.
        package var section: String?
        /// Whether the data are marked to stay in program memory.
        package var isProgramMemory = false

        package init(name: String) {
            self.name = name
        }
    }

    /// Elements that one run of the model had and gave, as they lie in memory, in the order of inputs and outputs.
    package struct Recording: Sendable {
        package let inputs: [[UInt8]]
        package let outputs: [[UInt8]]

        package init(inputs: [[UInt8]], outputs: [[UInt8]]) {
            self.inputs = inputs
            self.outputs = outputs
        }
    }

    /// What the first line of every file says.
    package static let origin = SourceParts.origin

    /// The sources, and files for a build that belong to them.
    package let files: [File]
    /// The arenas by kernel library on 32-bit processors, and that of the reference kernels on 64-bit ones.
    package let arenas: [Arena]

    /// The arena for one build of the runtime.
    package struct Arena: Sendable {
        package let runtime: MicroRuntime
        package let arena: MicroArena
    }

    /// The sources of a file.
    ///
    /// - Parameters:
    ///   - model: the contents of the file.
    ///   - bytes: the file.
    ///   - recording: a run for the self-test; nil to leave it out.
    /// - Throws: `Problem.Kind.unsupportedOperator` for an operator that the runtime does not have, `unsupported` for
    ///   inputs or outputs without a type in C++, and what the sources of buffers throw.
    package init(
        of model: TFLiteModel, bytes: UnsafeRawBufferPointer, _ style: Style, recording: Recording?
    ) throws {
        arenas = try MicroRuntime.all.map {
            Arena(runtime: $0, arena: try MicroArena(of: model, on: $0))
        }
        let parts = try SourceParts(
            model, byteCount: bytes.count, style, arenas: arenas, recording: recording)
        files =
            [
                File(name: parts.header, text: HeaderSource(parts).text),
                File(name: parts.source, text: DataSource(parts).text(bytes)),
            ] + BuildFiles(parts).files
    }
}
