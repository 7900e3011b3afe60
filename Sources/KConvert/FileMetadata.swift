import Archives
import Foundations
import GraphIR
import Interpreter
import Problems
import TFLiteFormat

/// Makes what apps are told of a converted file.
struct FileMetadata {
    let options: MetadataOptions
    /// The model as it was read.
    let graph: Graph

    /// Adds the metadata and the files that they name.
    ///
    /// - Returns: what the user should know about it.
    /// - Throws: `Problem` if a file of labels cannot be read or belongs to no output.
    func add(to model: inout TFLiteModel) throws -> [String] {
        let labels = try options.labels.map { try LabelFile($0) }
        var warnings: [String] = []
        var metadata = ModelMetadata()
        metadata.name = graph.name
        metadata.description = options.description ?? "The model '\(graph.name)'."
        metadata.parserVersion = "1.0.0"
        metadata.subgraphs = [try subgraph(of: model, labels, &warnings)]
        let buffer = model.add(TFLiteBuffer(try metadata.bytes()))
        model.metadata.append(TFLiteMetadata(name: ModelMetadata.entryName, buffer: buffer))
        guard !labels.isEmpty else { return warnings }
        let names = Self.archiveNames(labels)
        model.trailer = { position in
            var archive = ZipWriter(at: position)
            for (label, name) in zip(labels, names) { try archive.add(name, label.bytes) }
            return try archive.finish()
        }
        return warnings
    }

    /// The names of files in the archive, which differ.
    private static func archiveNames(_ labels: [LabelFile]) -> [String] {
        labels.enumerated().map { position, file in
            let isTaken = labels[..<position].contains { $0.name == file.name }
            return isTaken ? "\(position)_\(file.name)" : file.name
        }
    }

    private func subgraph(
        of model: TFLiteModel, _ labels: [LabelFile], _ warnings: inout [String]
    ) throws -> SubgraphMetadata {
        let main = model.subgraphs[0]
        let names = model.portNames
        let inputs = zip(names.inputs, main.inputs).map { (name: $0, tensor: main[$1]) }
        let hasImages = inputs.contains { $0.tensor.image != nil }
        var subgraph = SubgraphMetadata()
        subgraph.name = main.name
        subgraph.inputs = try inputs.map { input in
            let port = graph.inputs.first { $0.name == input.name }
            let leading = port.flatMap { LeadingNormalization(of: $0.value, in: graph) }
            let isNormalized = input.tensor.image != nil || !hasImages && options.normalizes
            if isNormalized { try checkChannels(of: input.name, input.tensor) }
            if input.tensor.image != nil, leading == nil, !options.normalizes {
                warnings.append(
                    "input '\(input.name)': the metadata say that apps pass pixels as they are, since no normalization is known"
                )
            }
            if let warning = bytesWarning(of: input.name, input.tensor) { warnings.append(warning) }
            return self.input(input.name, input.tensor, leading, isNormalized: isNormalized)
        }
        subgraph.outputs = zip(names.outputs, main.outputs).map { name, index in
            output(name, main[index], isProbability: model.isProbability(index))
        }
        for (file, archiveName) in zip(labels, Self.archiveNames(labels)) {
            let extents = main.outputs.map { main[$0].freeShape.dims.last }
            let position = try file.position(names: names.outputs, extents: extents)
            subgraph.outputs[position].files.append(
                AssociatedFile(
                    name: archiveName, description: "A name for each element, one in a line.",
                    purpose: .axisLabels))
        }
        return subgraph
    }

    /// What to know of an image of bytes, which apps fill with pixels as they are, whatever normalization they are told.
    private func bytesWarning(of name: String, _ tensor: TFLiteTensor) -> String? {
        guard tensor.image != nil, tensor.type == .uint8,
            let quantization = LiteQuantization(tensor), let scale = quantization.scales.first,
            let zeroPoint = quantization.zeroPoints.first, let mean = options.mean.first,
            let deviation = options.deviation.first
        else { return nil }
        let errors = [0.0, 255].map { pixel in
            abs((pixel - Double(zeroPoint)) * Double(scale) - (pixel - mean) / deviation)
        }
        guard let worst = errors.max(), worst > 0.02 * abs(255 / deviation) else { return nil }
        return
            "input '\(name)': bytes do not stand for pixels, since the typical inputs have another range; images with black and white among them help"
    }

    private func checkChannels(of name: String, _ tensor: TFLiteTensor) throws {
        let channels = tensor.shape.last ?? 1
        for numbers in [options.mean, options.deviation]
        where numbers.count != 1 && numbers.count != channels {
            throw Problem(
                .invalidArgument(
                    "the mean or deviation has \(numbers.count) numbers, and input '\(name)' \(channels) channels",
                    remedy: "Give one number, or one for each channel."))
        }
    }

    private func input(
        _ name: String, _ tensor: TFLiteTensor, _ leading: LeadingNormalization?, isNormalized: Bool
    ) -> TensorMetadata {
        var metadata = TensorMetadata()
        metadata.name = name
        metadata.content = TensorContent(tensor.image.map { .image($0) } ?? .features)
        let step = leading.map {
            " The file computes \(Self.formula($0.mean, $0.deviation)) of it."
        }
        metadata.description = tensor.summary + (step ?? "")
        guard isNormalized else { return metadata }
        let (mean, deviation) = (
            options.mean.map { Float($0) }, options.deviation.map { Float($0) }
        )
        metadata.processing = [ProcessUnit(ProcessOptions(mean: mean, deviation: deviation))]
        if tensor.image != nil, options.normalizes || leading != nil {
            let count = max(mean.count, deviation.count)
            let ends = [Float(0), 255].map { pixel in
                (0..<count).map {
                    (pixel - mean[mean.count == 1 ? 0 : $0])
                        / deviation[deviation.count == 1 ? 0 : $0]
                }
            }
            metadata.statistics = ValueStatistics(
                largest: zip(ends[0], ends[1]).map { max($0, $1) },
                least: zip(ends[0], ends[1]).map { min($0, $1) })
        }
        return metadata
    }

    private func output(
        _ name: String, _ tensor: TFLiteTensor, isProbability: Bool
    ) -> TensorMetadata {
        var metadata = TensorMetadata()
        metadata.name = name
        metadata.content = TensorContent(.features)
        metadata.description =
            isProbability ? "Numbers from 0 to 1. \(tensor.summary)" : tensor.summary
        if isProbability { metadata.statistics = ValueStatistics(largest: [1], least: [0]) }
        return metadata
    }

    private static func formula(_ mean: [Double], _ deviation: [Double]) -> String {
        func text(_ numbers: [Double]) -> String {
            let shown = numbers.prefix(4).map { String(format($0)) }.joined(separator: ", ")
            return numbers.count == 1 ? shown : "[\(shown)\(numbers.count > 4 ? ", …" : "")]"
        }
        return "(x − \(text(mean))) / \(text(deviation))"
    }

    /// A number with five digits.
    private static func format(_ number: Double) -> String {
        var factor = 1e4
        while abs(number) * factor < 1e4, factor < 1e12 { factor *= 10 }
        let rounded = (number * factor).rounded() / factor
        return rounded == rounded.rounded() && abs(rounded) < 1e9
            ? String(Int(rounded)) : String(rounded)
    }
}

extension TFLiteTensor {
    /// What an image is, if this can be one: four axes, of which the last has one or three elements.
    fileprivate var image: ImageProperties? {
        let dims = freeShape.dims
        guard dims.count == 4, dims[3] == 1 || dims[3] == 3 else { return nil }
        let hasSize = dims[1] > 0 && dims[2] > 0
        return ImageProperties(
            dims[3] == 3 ? .rgb : .grayscale,
            size: hasSize ? ImageProperties.Size(width: dims[2], height: dims[1]) : nil)
    }

    /// What it holds, in a sentence.
    fileprivate var summary: String {
        guard let image else {
            let extents = freeShape.dims.dropFirst().map { $0 < 0 ? "any" : String($0) }
            let count = extents.isEmpty ? "1" : extents.joined(separator: " × ")
            return "\(count) elements of type \(type)."
        }
        let size = image.size.map { " of \($0.width) × \($0.height) pixels" } ?? " of any size"
        return "\(image.colorSpace == .rgb ? "An RGB image" : "A grayscale image")\(size)."
    }
}

extension TFLiteModel {
    /// Whether a tensor of the first subgraph is what SOFTMAX or LOGISTIC makes, perhaps as real numbers.
    fileprivate func isProbability(_ index: TensorIndex) -> Bool {
        let producer = subgraphs[0].operators.last { $0.outputs.contains(index) }
        switch producer.map({ self[$0.opcodeIndex].builtin }) {
        case .softmax?, .logistic?: return true
        case .dequantize?: return producer?.inputs.first.map { isProbability($0) } ?? false
        default: return false
        }
    }
}
