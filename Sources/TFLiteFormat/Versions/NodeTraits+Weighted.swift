extension NodeTraits {
    /// The version of an operator with weights; nil for other operators.
    func weightedVersion(of builtin: BuiltinOperator) -> Int? {
        switch builtin {
        case .conv2D: convolutionVersion
        case .depthwiseConv2D: depthwiseVersion
        case .transposeConv: transposedConvolutionVersion
        case .fullyConnected: fullyConnectedVersion
        case .batchMatMul:
            first(
                (type == .int16, 3), (type == .int8, 2),
                (isHybrid(0, 1) && quantizesAsymmetrically, 4))
        case .embeddingLookup:
            first(
                (input(1)?.type == .int2, 5),
                (input(1)?.type == .int4 || input(1)?.isQuantizedPerChannel == true, 4))
        case .lstm, .unidirectionalSequenceLSTM: cellVersion(of: builtin)
        case .bidirectionalSequenceLSTM, .rnn, .unidirectionalSequenceRNN,
            .bidirectionalSequenceRNN:
            first((isHybrid(0, 1) && quantizesAsymmetrically, 3), (isHybrid(0, 1), 2))
        case .svdf:
            first(
                (type == .int8, 3), (isHybrid(0, 1) && quantizesAsymmetrically, 4),
                (isHybrid(0, 1), 2))
        default: nil
        }
    }

    private var convolutionVersion: Int {
        let biasType = (options as? Conv2DOptions)?.quantizedBiasType ?? .float32
        let filter = input(1)
        let isGrouped = input(0)?.shape.last != filter?.shape.last
        return first(
            (type == .int16 && filter?.type == .int8 && biasType != .float32, 8), (isGrouped, 6),
            (type == .int8 && filter?.type == .int8, 3),
            (type == .int8 && filter?.type == .int4, 7),
            (isHybrid(0, 1) && filter?.isQuantizedPerChannel == true, 5), (isHybrid(0, 1), 2))
    }

    private var depthwiseVersion: Int {
        var isDilated = false
        if let options = options as? DepthwiseConv2DOptions {
            isDilated = options.dilationWidth != 1 || options.dilationHeight != 1
        }
        let filter = input(1)
        return first(
            (isHybrid(0, 1) && filter?.isQuantizedPerChannel == true, 6), (isHybrid(0, 1), 4),
            (type == .int8 && filter?.type == .int8, 3),
            (type == .int8 && filter?.type == .int4, 7),
            (isDilated, 2))
    }

    /// The inputs are output shape, filter, data and bias.
    private var transposedConvolutionVersion: Int {
        let options = options as? TransposeConvOptions ?? TransposeConvOptions()
        return first(
            (input(2)?.type == .int16 && options.quantizedBiasType != .float32, 5),
            (options.activation != .none, 4), (input(3) != nil, 3), (input(1)?.type == .int8, 2))
    }

    private var fullyConnectedVersion: Int {
        let options = options as? FullyConnectedOptions ?? FullyConnectedOptions()
        let weights = input(1)?.type
        let isHybrid = isHybrid(0, 1)
        return first(
            (weights == .int2, 14), (type == .int16 && weights == .int4, 13),
            (isHybrid && input(1)?.isQuantizedPerChannel == true, 12),
            (type == .int16 && weights == .int8 && options.quantizedBiasType != .float32, 11),
            (input(1)?.isSparse == true, 8), (type == .int16 && weights == .int16, 7),
            (inputs.count == 2, 6), (options.keepsRank, 5), (type == .int8 && weights == .int8, 4),
            (type == .int8 && weights == .int4, 10),
            (isHybrid && options.quantizesInputsAsymmetrically, 9), (isHybrid, 3),
            (options.weightsFormat != .default, 2))
    }

    private func cellVersion(of builtin: BuiltinOperator) -> Int {
        let isInt16 = type == .int16 && input(2)?.type == .int8
        let isHybrid = isHybrid(0, 2)
        if builtin == .lstm {
            let isBasic = (options as? LSTMOptions)?.kernelType == .basic
            return first(
                (isInt16, 5), (isHybrid && quantizesAsymmetrically, 4), (isHybrid, 3), (isBasic, 2))
        }
        let isDiagonal =
            (options as? UnidirectionalSequenceLSTMOptions)?.hasDiagonalRecurrentTensors ?? false
        return first(
            (isInt16, 5), (isDiagonal, 4), (isHybrid && quantizesAsymmetrically, 3), (isHybrid, 2))
    }

    /// Whether a hybrid kernel is asked to quantize its inputs with a zero point.
    private var quantizesAsymmetrically: Bool {
        options?.isAsymmetricHybrid ?? false
    }
}
