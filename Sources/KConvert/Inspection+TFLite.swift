import Cost
import Foundations
import Interpreter
import Microcontrollers
import Problems
import TFLiteFormat
import Targets
import Tensors

extension Inspection {
    /// Looks into a TFLite file.
    init(tflite file: MappedFile) throws {
        let model = try locating(file: file.path) {
            try TFLiteReader.read(file.bytes, owner: file)
        }
        var counted: Set<BufferIndex> = []
        var work = FileWork(model)
        var rows: [Row] = []
        for (index, subgraph) in model.subgraphs.enumerated() {
            let prefix = index == 0 ? "" : "\(subgraph.name ?? "subgraph \(index)")/"
            for node in subgraph.operators {
                let products = work.multiplyAccumulates(of: node, in: subgraph)
                rows.append(
                    Self.row(node, subgraph, model, products, prefix: prefix, counted: &counted))
            }
        }
        var facts: [String: String] = ["operators": String(rows.count)]
        facts["description"] = model.description
        if model.signatures.count > 1 {
            facts["signatures"] = model.signatures.map(\.key).joined(separator: ", ")
        }
        if let entry = model.metadata.first(where: { $0.name == "min_runtime_version" }),
            let bytes = model[entry.buffer].source?.contiguousBytes
        {
            facts["needs runtime"] = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        for (name, text) in Self.metadata(model, file) { facts[name] = text }
        facts["activation memory"] = Self.activationMemory(model)
        facts["arena on microcontrollers"] = Self.microArena(model)
        let main = model.subgraphs[0]
        let names = model.portNames
        self.init(
            format: "TFLite", name: main.name ?? "main", fileSize: file.bytes.count, facts: facts,
            inputs: Self.ports(main.inputs, main, names.inputs),
            outputs: Self.ports(main.outputs, main, names.outputs), rows: rows,
            multiplyAccumulates: work.multiplyAccumulates(ofSubgraph: 0),
            predictedSeconds: FileTime(model, .liteRT).seconds)
    }

    /// The memory that the tensors of a session need, or why the interpreter cannot tell it.
    private static func activationMemory(_ file: TFLiteModel) -> String {
        do {
            let model = try LiteModel(file)
            let profile = model.memoryProfile
            let place = profile.peakStep.flatMap { model.tensorName(ofStep: $0) }
            let peak = "\(profile.peakByteCount) of them at once"
            return "\(profile.arenaByteCount) bytes, \(peak)" + (place.map { " at '\($0)'" } ?? "")
        } catch {
            return "unknown, because \(error.message)"
        }
    }

    /// The smallest arena of TensorFlow Lite Micro; nil for a file that it does not run.
    private static func microArena(_ model: TFLiteModel) -> String? {
        let check = FileCheck(model, for: ConversionTarget.micro.target)
        guard check.rows.allSatisfy({ $0.objection == nil }) else { return nil }
        do {
            let arena = try MicroArena(of: model, on: .init())
            return "\(arena.byteCount) bytes on 32 bits with the reference kernels of TFLite Micro"
        } catch {
            return "unknown, because \(error)"
        }
    }

    private static func row(
        _ node: TFLiteOperator, _ subgraph: TFLiteSubgraph, _ model: TFLiteModel, _ work: Int,
        prefix: String, counted: inout Set<BufferIndex>
    ) -> Row {
        var parameters = 0
        // Axes, shapes and paddings are int32 constants; they are not parameters of the model.
        for input in node.inputs where !input.isAbsent {
            let tensor = subgraph[input]
            guard tensor.type != .int32, model.source(of: tensor) != nil,
                counted.insert(tensor.buffer).inserted
            else { continue }
            parameters = saturatingSum(parameters, Shape(tensor.shape).elementCount)
        }
        let outputs = node.outputs.filter { !$0.isAbsent }.map { subgraph[$0] }
        let version = model[node.opcodeIndex].version
        return Row(
            name: prefix + (outputs.first?.name ?? ""),
            kind: "\(model.name(of: node)) v\(version)",
            outputShapes: outputs.map(\.freeShape.dims), parameters: parameters,
            multiplyAccumulates: work, storage: storage(of: node, subgraph, model))
    }

    /// What the integers of weights and outputs stand for.
    private static func storage(
        of node: TFLiteOperator, _ subgraph: TFLiteSubgraph, _ model: TFLiteModel
    ) -> String? {
        let weights = node.inputs.filter { !$0.isAbsent }.map { subgraph[$0] }.filter {
            model.source(of: $0) != nil && $0.type.bitCount ?? 32 <= 8
        }
        let outputs = node.outputs.filter { !$0.isAbsent }.map { subgraph[$0] }
        let texts =
            weights.compactMap { storage(of: $0) }
            + outputs.compactMap { storage(of: $0) }.map { "→ \($0)" }
        return texts.isEmpty ? nil : texts.joined(separator: " ")
    }

    private static func storage(of tensor: TFLiteTensor) -> String? {
        let type = tensor.type.schemaName.lowercased()
        if let blocks = tensor.quantization?.details?.blocks {
            return "\(type), a scale for each \(blocks.length) elements"
        }
        return LiteQuantization(tensor).map { "\(type), \($0)" }
    }

    private static func ports(
        _ indices: [TensorIndex], _ subgraph: TFLiteSubgraph, _ names: [String]
    ) -> [ConversionReport.Tensor] {
        zip(indices, names).map { index, name in
            let tensor = subgraph[index]
            return ConversionReport.Tensor(
                name: name, shape: tensor.freeShape.dims,
                dtype: tensor.type.dtype?.rawValue ?? "\(tensor.type)",
                quantization: LiteQuantization(tensor)?.description)
        }
    }
}
