import Problems
import TFLiteFormat

/// What the sources of a model are made of.
struct SourceParts {
    /// An input or output.
    struct Port {
        /// The name in the model.
        let name: String
        /// The name in C++, such as `InputDense1`.
        let identifier: String
        let tensor: TFLiteTensor
        /// The type of the elements in C++.
        let type: String
        /// The recorded elements; nil without a recording.
        let recorded: [UInt8]?

        /// The scale and zero point, if integers stand for real numbers.
        var scaling: (scale: Float, zeroPoint: Int64)? {
            guard let quantization = tensor.quantization, let scale = quantization.scale.first
            else { return nil }
            return (scale, quantization.zeroPoint.first ?? 0)
        }
    }

    let style: MicroSources.Style
    /// The namespace and the stem of file names.
    let identifier: String
    let byteCount: Int
    let inputs: [Port]
    let outputs: [Port]
    /// The calls that register the operators.
    let registrations: [String]
    let arenas: [MicroSources.Arena]
    let hasSelfTest: Bool

    init(
        _ model: TFLiteModel, byteCount: Int, _ style: MicroSources.Style,
        arenas: [MicroSources.Arena], recording: MicroSources.Recording?
    ) throws {
        self.style = style
        self.byteCount = byteCount
        self.arenas = arenas
        identifier = CIdentifier.name(style.name, fallback: "model")
        registrations = try ResolverMethod.calls(for: model)
        hasSelfTest = recording != nil
        let main = model.subgraphs[0]
        var identifiers = CIdentifier()
        func ports(
            _ indices: [TensorIndex], _ names: [String], _ kind: String, _ recorded: [[UInt8]]?
        ) throws -> [Port] {
            try zip(indices, names).enumerated().map { position, port in
                let (tensor, name) = (main[port.0], port.1)
                guard let type = CText.type(tensor.type) else {
                    throw Problem(
                        .unsupportedTensor(name: name, elementType: "\(tensor.type)"))
                }
                let plain = CText.camelCase(CIdentifier.name(name, fallback: "\(position)"))
                return Port(
                    name: name, identifier: identifiers.unique(kind + plain, fallback: kind),
                    tensor: tensor, type: type, recorded: recorded?[position])
            }
        }
        let names = model.portNames
        inputs = try ports(main.inputs, names.inputs, "Input", recording?.inputs)
        outputs = try ports(main.outputs, names.outputs, "Output", recording?.outputs)
    }

    /// The name of the source with the data.
    var source: String {
        style.sourceName ?? identifier + (style.platform == .arduino ? ".cpp" : ".cc")
    }

    /// The name of the header.
    var header: String {
        (source.lastIndex(of: ".").map { String(source[..<$0]) } ?? source) + ".h"
    }

    /// The first line of every file, after what begins a comment.
    static let origin = "Made by kconvert; convert the model again instead of changing this file."

    /// The first line of sources.
    var preamble: String { "// \(Self.origin)\n" }

    /// The number of resource variables that the application provides.
    var resourceVariableCount: Int { arenas.first?.arena.resourceVariableCount ?? 0 }
}
