import TFLiteFormat

extension LiteModel {
    /// Whether floats are stored with fewer bits than single precision has, or as integers.
    package var roundsWeights: Bool {
        file.subgraphs.contains { subgraph in
            subgraph.tensors.contains {
                $0.isQuantized || [.float16, .bfloat16].contains($0.type)
            }
        }
    }
}
