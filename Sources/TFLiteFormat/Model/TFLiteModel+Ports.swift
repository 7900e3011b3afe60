extension TFLiteModel {
    /// The names by which callers know the inputs and the outputs of the main graph: those of its signature, or of the tensors.
    package var portNames: (inputs: [String], outputs: [String]) {
        let main = subgraphs[0]
        let signature = signatures.first { $0.subgraph == 0 }
        func names(_ tensors: [TensorIndex], _ aliases: [TFLiteSignature.Tensor]?) -> [String] {
            tensors.map { index in
                aliases?.first { $0.index == index }?.name ?? main[index].name
            }
        }
        return (names(main.inputs, signature?.inputs), names(main.outputs, signature?.outputs))
    }
}
