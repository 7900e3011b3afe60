extension RuntimeVersion {
    /// The first runtime whose kernel takes these operands, if that is not told by the version of the operator; nil otherwise.
    ///
    /// Source: files with these operators in TFLite 1.15, 2.2 to 2.11 and 2.14, of which older ones refuse or abort.
    ///
    /// - Parameters:
    ///   - inputs: the tensors read, nil for absent ones.
    ///   - outputs: the tensors made.
    package static func floor(
        of builtin: BuiltinOperator, inputs: [TFLiteTensor?], outputs: [TFLiteTensor]
    ) -> RuntimeVersion? {
        switch builtin {
        case .concatenation where outputs.contains(where: { $0.type == .bool }): "2.4.0"
        case .batchMatMul where inputs.contains(where: { ($0?.shape.count ?? 0) > 4 }): "2.11.0"
        case .conv3DTranspose where inputs.count > 3 && inputs[3] != nil: "2.9.0"
        default: outputs.contains(where: \.isVariable) ? "2.2.0" : nil
        }
    }

    /// The first runtime that runs all operators of a model, as far as known.
    static func minimum(for model: TFLiteModel) -> RuntimeVersion {
        var minimum = minimum(for: model.operatorCodes)
        for subgraph in model.subgraphs {
            for node in subgraph.operators {
                let floor = floor(
                    of: model[node.opcodeIndex].builtin,
                    inputs: node.inputs.map { $0.isAbsent ? nil : subgraph[$0] },
                    outputs: node.outputs.filter { !$0.isAbsent }.map { subgraph[$0] })
                if let floor { minimum = max(minimum, floor) }
            }
        }
        return minimum
    }
}
