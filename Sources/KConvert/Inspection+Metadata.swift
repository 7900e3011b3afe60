import Archives
import Foundations
import TFLiteFormat

extension Inspection {
    /// What a file tells apps, by name.
    static func metadata(_ model: TFLiteModel, _ file: MappedFile) -> [String: String] {
        guard let entry = model.metadata.first(where: { $0.name == ModelMetadata.entryName }),
            let source = model[entry.buffer].source
        else { return [:] }
        do {
            let metadata = try ModelMetadata(source.bytes())
            var facts = ["metadata": summary(metadata)]
            for subgraph in metadata.subgraphs {
                for tensor in subgraph.inputs {
                    facts["metadata of input '\(tensor.name ?? "")'"] = text(tensor, file)
                }
                for tensor in subgraph.outputs {
                    facts["metadata of output '\(tensor.name ?? "")'"] = text(tensor, file)
                }
            }
            return facts
        } catch {
            return ["metadata": "damaged: \(error)"]
        }
    }

    private static func summary(_ metadata: ModelMetadata) -> String {
        let files = metadata.files.compactMap(\.name).joined(separator: ", ")
        return [
            metadata.name.map { "'\($0)'" }, metadata.version.map { "version \($0)" },
            metadata.description, metadata.author.map { "by \($0)" },
            metadata.license.map { "license \($0)" }, files.isEmpty ? nil : "files \(files)",
        ].compactMap { $0 }.joined(separator: ", ")
    }

    private static func text(_ tensor: TensorMetadata, _ file: MappedFile) -> String {
        let normalizations = tensor.processing.compactMap(\.options).map {
            "apps pass (x − \(list($0.mean))) / \(list($0.deviation))"
        }
        let range = tensor.statistics.map { "from \(list($0.least)) to \(list($0.largest))" }
        let files = tensor.files.compactMap(\.name).map { labels($0, file) }
        let description = tensor.description.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
        return ([description] + normalizations + [range] + files).compactMap { $0 }
            .joined(separator: "; ")
    }

    private static func list(_ numbers: [Float]) -> String {
        let texts = numbers.map {
            $0 == $0.rounded() && abs($0) < 1e9 ? String(Int($0)) : String($0)
        }
        return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    }

    /// The name of an associated file and the first of its lines.
    private static func labels(_ name: String, _ file: MappedFile) -> String {
        do {
            let archive = try ZipArchive(file)
            guard let member = archive.member(name) else { return "\(name), which is missing" }
            let contents = try archive.contents(of: member)
            let text = withExtendedLifetime(contents) {
                String(decoding: contents.mutableBytes, as: UTF8.self)
            }
            let lines = text.split(whereSeparator: \.isNewline)
            let shown = lines.prefix(3).joined(separator: ", ")
            return "\(name) with \(lines.count) lines: \(shown)\(lines.count > 3 ? ", …" : "")"
        } catch {
            return "\(name), which cannot be read: \(error)"
        }
    }
}
