/// Forms of a model for people and for scripts.
package struct TFLiteDump {
    let model: TFLiteModel

    package init(_ model: TFLiteModel) {
        self.model = model
    }

    /// One line for each input, output, operator and constant, and the shapes of what they work on.
    package var text: String {
        var lines = [
            "TFLite model, schema version \(model.version), \(model.buffers.count) buffers"
        ]
        if let description = model.description { lines.append("description: \(description)") }
        for metadata in model.metadata {
            lines.append("metadata: \(metadata.name) in buffer \(metadata.buffer)")
        }
        for signature in model.signatures {
            func names(_ tensors: [TFLiteSignature.Tensor]) -> String {
                tensors.map { "\($0.name): %\($0.index)" }.joined(separator: ", ")
            }
            lines.append(
                "signature '\(signature.key)' of subgraph \(signature.subgraph): "
                    + "(\(names(signature.inputs))) -> (\(names(signature.outputs)))")
        }
        for (index, subgraph) in model.subgraphs.enumerated() {
            lines.append("")
            lines.append("subgraph \(index) '\(subgraph.name ?? "")'")
            lines += describe(subgraph)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func describe(_ subgraph: TFLiteSubgraph) -> [String] {
        func list(_ indices: [Int]) -> String {
            indices.map { $0 < 0 ? "-" : "%\($0)" }.joined(separator: ", ")
        }
        var lines = [
            "  inputs: \(list(subgraph.inputs))", "  outputs: \(list(subgraph.outputs))",
            "  operators:",
        ]
        for (index, node) in subgraph.operators.enumerated() {
            var line = "    \(index): \(list(node.outputs)) = \(model.name(of: node))"
            if model.operatorCodes.indices.contains(node.opcodeIndex) {
                line += " v\(model.operatorCodes[node.opcodeIndex].version)"
            }
            line += "(\(list(node.inputs)))"
            let fields = OptionsPrinter.fields(of: node.options).map {
                "\($0.name)=\($0.value.text)"
            }
            if !fields.isEmpty { line += " {\(fields.joined(separator: ", "))}" }
            lines.append(line)
        }
        lines.append("  tensors:")
        for (index, tensor) in subgraph.tensors.enumerated() {
            lines.append("    %\(index): \(describe(tensor))")
        }
        return lines
    }

    private func describe(_ tensor: TFLiteTensor) -> String {
        var line = "\(tensor.type.schemaName) \(tensor.freeShape) '\(tensor.name)'"
        if model.buffers.indices.contains(tensor.buffer),
            let source = model.buffers[tensor.buffer].source
        {
            line += " constant in buffer \(tensor.buffer), \(source.byteCount) bytes"
        }
        if tensor.isVariable { line += " variable" }
        if tensor.isSparse { line += " sparse" }
        if let quantization = tensor.quantization, let scale = quantization.scale.first {
            if quantization.scale.count == 1 {
                line += " scale \(scale) zero point \(quantization.zeroPoint.first ?? 0)"
            } else {
                line += " \(quantization.scale.count) scales along axis"
                line += " \(quantization.quantizedDimension)"
            }
        }
        return line
    }
}
