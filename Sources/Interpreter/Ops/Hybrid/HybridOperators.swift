import TFLiteFormat

extension OperatorPreparation {
    /// Makes an operator ready to run that computes floats with integers that stand for real numbers.
    ///
    /// What is not named here takes both.
    func prepareHybrid() throws -> PreparedOperator {
        switch code.builtin {
        case .fullyConnected: try hybridFullyConnected()
        case .conv2D: try hybridConv2D()
        case .depthwiseConv2D: try hybridDepthwiseConv2D()
        case .transposeConv: try hybridTransposeConv2D()
        case .batchMatMul: try hybridBatchMatMul()
        case .embeddingLookup: try hybridEmbeddingLookup()
        case .cast: try asPlainNumbers.preparePlain()
        default: try preparePlain()
        }
    }
}
