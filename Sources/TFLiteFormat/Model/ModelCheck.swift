import Problems

/// Checks that a model does not contradict itself, as a runtime does when it loads a file.
struct ModelCheck {
    private let model: TFLiteModel

    init(_ model: TFLiteModel) {
        self.model = model
    }

    /// Checks all rules.
    ///
    /// - Throws: `Problem.Kind.malformed` if one is broken.
    func run() throws {
        try require(model.version == 3, "model", "schema version \(model.version) is not 3")
        try require(!model.subgraphs.isEmpty, "model", "there is no subgraph")
        try require(!model.buffers.isEmpty, "model", "there is no buffer")
        for (index, subgraph) in model.subgraphs.enumerated() {
            try check(subgraph, subgraph.name ?? "subgraph \(index)")
        }
        for metadata in model.metadata {
            try require(
                model.buffers.indices.contains(metadata.buffer.position),
                "metadata '\(metadata.name)'",
                "there is no buffer \(metadata.buffer)")
        }
        for signature in model.signatures { try check(signature) }
    }

    private func check(_ subgraph: TFLiteSubgraph, _ name: String) throws {
        for tensor in subgraph.tensors { try check(tensor) }
        let count = subgraph.tensors.count
        func checkIndices(
            _ indices: [TensorIndex], _ what: @autoclosure () -> String, allowsAbsent: Bool = false
        ) throws {
            let least = allowsAbsent ? TensorIndex.absent.position : 0
            for index in indices where !(least..<count).contains(index.position) {
                try require(false, what(), "there is no tensor \(index)")
            }
        }
        try checkIndices(subgraph.inputs, "inputs of '\(name)'")
        try checkIndices(subgraph.outputs, "outputs of '\(name)'")
        for (position, node) in subgraph.operators.enumerated() {
            func what() -> String { "operator \(position) (\(model.name(of: node)))" }
            guard model.operatorCodes.indices.contains(node.opcodeIndex.position) else {
                throw malformed(what(), "there is no operator code \(node.opcodeIndex)")
            }
            try checkIndices(node.inputs, what(), allowsAbsent: true)
            try checkIndices(node.outputs, what(), allowsAbsent: true)
            try checkIndices(node.intermediates, what(), allowsAbsent: true)
        }
    }

    private func check(_ tensor: TFLiteTensor) throws {
        func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws {
            if !condition { throw malformed("tensor '\(tensor.name)'", reason()) }
        }
        guard model.buffers.indices.contains(tensor.buffer.position) else {
            throw malformed("tensor '\(tensor.name)'", "there is no buffer \(tensor.buffer)")
        }
        try require(tensor.shape.allSatisfy { $0 >= 0 }, "an extent is negative")
        if let signature = tensor.shapeSignature {
            try require(
                signature.isEmpty || signature.count == tensor.shape.count,
                "its shape and its shape signature differ in rank")
        }
        if let source = model.source(of: tensor) {
            try require(!tensor.isVariable, "a variable cannot have data")
            if tensor.type.bitCount != nil, !tensor.isSparse {
                let needed = tensor.type.byteCount(ofShape: tensor.shape)
                try require(
                    needed.map { $0 <= source.byteCount } ?? false,
                    "its data has \(source.byteCount) bytes, which are too few for its shape")
            }
        }
        if let quantization = tensor.quantization { try check(quantization, of: tensor) }
    }

    private func check(_ quantization: TFLiteQuantization, of tensor: TFLiteTensor) throws {
        let count = quantization.scale.count
        guard count > 0, quantization.details == nil else { return }
        let what = "tensor '\(tensor.name)'"
        try require(
            quantization.zeroPoint.count == count, what,
            "it has \(count) scales and \(quantization.zeroPoint.count) zero points")
        guard count > 1 else { return }
        let axis = quantization.quantizedDimension
        guard tensor.shape.indices.contains(axis) else {
            throw malformed(what, "it is quantized along axis \(axis), which it lacks")
        }
        try require(
            tensor.shape[axis] == count, what,
            "it has \(count) scales for \(tensor.shape[axis]) slices")
    }

    private func check(_ signature: TFLiteSignature) throws {
        let what = "signature '\(signature.key)'"
        guard model.subgraphs.indices.contains(signature.subgraph) else {
            throw malformed(what, "there is no subgraph \(signature.subgraph)")
        }
        let count = model.subgraphs[signature.subgraph].tensors.count
        for tensor in signature.inputs + signature.outputs {
            try require(
                (0..<count).contains(tensor.index.position), what,
                "there is no tensor \(tensor.index)")
        }
    }

    private func require(
        _ condition: Bool, _ what: @autoclosure () -> String, _ reason: @autoclosure () -> String
    ) throws {
        if !condition { throw malformed(what(), reason()) }
    }

    private func malformed(_ what: String, _ reason: String) -> Problem {
        Problem(.malformed(what: what, reason: reason))
    }
}
