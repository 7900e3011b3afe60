import Foundations
import KerasFormat
import KerasFunctions
import Problems

/// Every Keras layer class that can be converted.
package enum LayerCatalog {
    /// One line for each class or family.
    package static let all: [any KerasLayer.Type] = [
        ActivationLayer.self,
        AdaptivePoolingLayer.self,
        AttentionLayer.self,
        AutoContrastLayer.self,
        BatchNormalizationLayer.self,
        BidirectionalLayer.self,
        CategoryEncodingLayer.self,
        CenterCropLayer.self,
        ConcatenateLayer.self,
        ConvLSTMLayer.self,
        ConvolutionLayer.self,
        CroppingLayer.self,
        CustomScaleLayer.self,
        DenseLayer.self,
        DepthwiseConvolutionLayer.self,
        DiscretizationLayer.self,
        DotLayer.self,
        EinsumDenseLayer.self,
        ElementwiseMergeLayer.self,
        ELULayer.self,
        EmbeddingLayer.self,
        FlattenLayer.self,
        GlobalPoolingLayer.self,
        GroupNormalizationLayer.self,
        GRULayer.self,
        HighwayLayer.self,
        IdentityLayer.self,
        IntegerLookupLayer.self,
        LambdaLayer.self,
        LayerNormalizationLayer.self,
        LayerScaleLayer.self,
        LeakyReLULayer.self,
        LocallyConnectedLayer.self,
        LSTMLayer.self,
        MaskingLayer.self,
        MaxoutDenseLayer.self,
        MelSpectrogramLayer.self,
        MultiHeadAttentionLayer.self,
        NormalizationLayer.self,
        ParametricSoftplusLayer.self,
        PermuteLayer.self,
        PipelineLayer.self,
        PoolingLayer.self,
        PReLULayer.self,
        RandomCropLayer.self,
        RawTensorFlowOperationLayer.self,
        ReLULayer.self,
        RepeatVectorLayer.self,
        RescalingLayer.self,
        ReshapeLayer.self,
        ResizingLayer.self,
        ReversibleEmbeddingLayer.self,
        RMSNormalizationLayer.self,
        RNNLayer.self,
        SampleNormalizationLayer.self,
        SeparableConvolutionLayer.self,
        SimpleRNNLayer.self,
        SlicingOperationLayer.self,
        SoftmaxLayer.self,
        SpectralNormalizationLayer.self,
        SReLULayer.self,
        STFTSpectrogramLayer.self,
        TensorFlowOperationLayer.self,
        TextLayer.self,
        ThresholdedReLULayer.self,
        TimeDistributedLayer.self,
        TransposedConvolutionLayer.self,
        UnitNormalizationLayer.self,
        UpSamplingLayer.self,
        ZeroPaddingLayer.self,
    ]

    /// Every layer class of other packages that can be converted, a line for each class or family.
    package static let thirdParty: [any KerasLayer.Type] = [
        AddonsAdaptivePoolingLayer.self,
        AddonsCRFLayer.self,
        AddonsGELULayer.self,
        AddonsGroupNormalizationLayer.self,
        AddonsMultiHeadAttentionLayer.self,
        AddonsSparsemaxLayer.self,
        AddonsSpectralNormalizationLayer.self,
        AddonsStochasticDepthLayer.self,
        AlibiBiasLayer.self,
        ApplyFilterbankLayer.self,
        BiasLayer.self,
        CachedMultiHeadAttentionLayer.self,
        CausalMaskLayer.self,
        ChannelAffineLayer.self,
        ClassTokenLayer.self,
        ClusterWeightsLayer.self,
        CompatibleExtractPatchesLayer.self,
        ConcatenateFrequencyMapLayer.self,
        ContribInstanceNormalizationLayer.self,
        CVAugmentationLayer.self,
        CVEqualizationLayer.self,
        CVFeaturePyramidLayer.self,
        CVForwardedLayer.self,
        CVFusedMBConvBlockLayer.self,
        CVGrayscaleLayer.self,
        CVMBConvBlockLayer.self,
        CVPatchingLayer.self,
        CVPositionalEmbeddingLayer.self,
        CVPosterizationLayer.self,
        CVResizingLayer.self,
        CVSolarizationLayer.self,
        CVSpatialPyramidLayer.self,
        CVSqueezeAndExciteLayer.self,
        CVStochasticDepthLayer.self,
        CVTransformerEncoderLayer.self,
        DecodePredictionsLayer.self,
        DivideScaleLayer.self,
        DropConnectLayer.self,
        EmbeddingBagLayer.self,
        EmbeddingRetLayer.self,
        EmbeddingSimLayer.self,
        ESNLayer.self,
        EvoNormalizationLayer.self,
        ExamplePatchEncoderLayer.self,
        ExamplePatchesLayer.self,
        ExamplePositionalEmbeddingLayer.self,
        ExampleTransformerBlockLayer.self,
        ExampleTransformerDecoderLayer.self,
        ExampleTransformerEncoderLayer.self,
        ExpLogitScaleLayer.self,
        ExtractLayer.self,
        FeedForwardLayer.self,
        FilterResponseNormalizationLayer.self,
        FixedDropoutLayer.self,
        FNetEncoderLayer.self,
        FourierRotationLayer.self,
        HeadAttentionLayer.self,
        HubPositionEmbeddingLayer.self,
        HubReversibleEmbeddingLayer.self,
        HubTokenAndPositionEmbeddingLayer.self,
        HubTransformerDecoderLayer.self,
        HubTransformerEncoderLayer.self,
        KapreAugmentationLayer.self,
        KapreDeltaLayer.self,
        KapreFrameLayer.self,
        KapreMagnitudeLayer.self,
        KaprePhaseLayer.self,
        KapreSTFTLayer.self,
        LarqLayer.self,
        LarqQuantizerLayer.self,
        LogmelToMFCCLayer.self,
        MagnitudeToDecibelLayer.self,
        MaskedLMHeadLayer.self,
        MaxoutLayer.self,
        MlpPairwisePositionalEmbeddingLayer.self,
        MuLawLayer.self,
        MultiHeadLayer.self,
        MultiHeadPositionalEmbeddingLayer.self,
        MultiHeadRelativePositionalEmbeddingLayer.self,
        NetVLADLayer.self,
        NoisyDenseLayer.self,
        PairWiseRelativePositionalEmbeddingLayer.self,
        PatchConvolutionLayer.self,
        PoincareNormalizeLayer.self,
        PolynomialCrossingLayer.self,
        PosEmbdLayer.self,
        PositionalEmbeddingLayer.self,
        PositionalEncodingFourierLayer.self,
        PositionalIndexLayer.self,
        PruneLowMagnitudeLayer.self,
        PureWeightsLayer.self,
        QKerasActivationLayer.self,
        QKerasFoldedConvolutionLayer.self,
        QKerasLayer.self,
        QKerasNormalizationLayer.self,
        QKerasPoolingLayer.self,
        QuantizeAwareActivationLayer.self,
        QuantizeInputLayer.self,
        QuantizeWrapperLayer.self,
        RelativePositionalEmbeddingLayer.self,
        RelativePositionalKernelBiasLayer.self,
        ReluWeightedSumLayer.self,
        RotaryEmbeddingLayer.self,
        ScaledDotProductAttentionLayer.self,
        ScaledStandardizedConvolutionLayer.self,
        ScaleNormLayer.self,
        SeqSelfAttentionLayer.self,
        SeqWeightedAttentionLayer.self,
        SequenceRotationLayer.self,
        SinePositionEncodingLayer.self,
        SnakeLayer.self,
        SpatialPyramidPoolingLayer.self,
        SplitConvolutionLayer.self,
        TCNLayer.self,
        TLULayer.self,
        TrigPosEmbdLayer.self,
        WeightNormalizationLayer.self,
        WindowAttentionMaskLayer.self,
        ZeroInitGainLayer.self,
    ]

    /// The layer types by class name, which has the package in front if files state it.
    package static let classes: [String: any KerasLayer.Type] = {
        var classes: [String: any KerasLayer.Type] = [:]
        classes.reserveCapacity(1024)
        for type in all + thirdParty {
            for name in type.classNames where classes[name] == nil { classes[name] = type }
        }
        return classes
    }()

    /// Types of other packages whose classes have names of Keras' own, by name; files tell them by their configurations.
    private static let homonyms: [String: [any KerasLayer.Type]] = {
        var homonyms: [String: [any KerasLayer.Type]] = [:]
        for type in thirdParty {
            for name in type.classNames where classes[name] != type {
                homonyms[name, default: []].append(type)
            }
        }
        return homonyms
    }()

    /// Whether a name is that of a class of layers or cells or of an activation.
    package static func isKnown(_ name: String) -> Bool {
        classes[name] != nil || RNNLayer.cellNames.contains(name) || KerasActivation.isKnown(name)
    }

    /// Makes layers of this catalogue.
    package static let maker = LayerMaker(make: makeLayer, isClass: { classes[$0] != nil })

    /// The layer that a description asks for; what the caller registered comes first.
    ///
    /// - Throws: `Problem`: an unknown class, with the nearest known one, or a configuration that cannot be converted.
    package static func makeLayer(_ context: LayerContext) throws -> any KerasLayer {
        let context = context.known()
        let description = context.description
        if context.custom.layer(for: description) != nil {
            return try RegisteredLayer(config: description.config, context: context)
        }
        if description.isOperation(context.version) {
            return try KerasOperationLayer(config: description.config, context: context)
        }
        let name = description.className
        guard let type = type(of: description) else {
            if classes[name] != nil, let registered = description.registeredName {
                throw Problem(
                    .unsupported(
                        what: "the class '\(registered)' is not known; it shares its name with "
                            + "Keras' own, but may compute something else",
                        remedy: "If it computes the same, say so with \(.layerClass) "
                            + "'\(registered)=\(name)'. Otherwise describe the layer in Swift "
                            + "with Converter.register, or end the model before it with \(.until)."
                    ))
            }
            throw Problem(
                .unknownLayer(
                    nearest: ClassSuggestion.nearest(to: name),
                    definition: ClassFields.definition(for: description) {
                        classes[$0] != nil
                    }))
        }
        do {
            return try type.init(config: description.config, context: context)
        } catch let problem as Problem {
            throw problem.ofAnotherClass(than: name, of: type.support.package)
        }
    }

    /// The type of a class: that of its name with package or, for Keras' own and for packages whose files do not state them, of
    /// its name alone.
    private static func type(of description: LayerDescription) -> (any KerasLayer.Type)? {
        let homonyms = homonyms[description.className] ?? []
        if let homonym = homonyms.first(where: { $0.recognizes(description.config) }) {
            return homonym
        }
        if let exact = description.registeredName.flatMap({ classes[$0] }) { return exact }
        let type = classes[description.className]
        return description.isForeign && type?.support.package == nil ? nil : type
    }
}

extension LayerDescription {
    /// Whether the class belongs to another package than Keras, which may share its name with one of Keras' own.
    var isForeign: Bool {
        guard let name = registeredName, let end = name.firstIndex(of: ">") else { return false }
        return !["keras", "tensorflow"].contains(name[..<end].lowercased())
    }

    /// Whether this is a function of `keras.ops`, some of which share their names with layers.
    ///
    /// Files that state no module tell by the flag `trainable`, which only layers have; a few leave it out, none of
    /// which has an operation of its name.
    package func isOperation(_ version: KerasVersion) -> Bool {
        guard version.hasOperations else { return false }
        guard let module else {
            return config.object["trainable"] == nil
                && (NamedOperation.isKnown(className) || LayerCatalog.classes[className] == nil)
        }
        return module.contains("keras.src.ops") || module.contains("keras.src.activations")
    }
}

extension Problem {
    /// What is wrong if a configuration lacks a field that a class of some package always states: it is another class.
    ///
    /// - Returns: any other problem as it is.
    func ofAnotherClass(than name: String, of package: String?) -> Problem {
        guard let package, case .missingField(let field) = kind else { return self }
        return Problem(
            .unsupported(
                what: "the class is another one than the '\(name)' of \(package): "
                    + "its configuration lacks '\(field)'",
                remedy: "Describe the layer in Swift with Converter.register, or end the "
                    + "model before it with \(.until)."))
    }
}
