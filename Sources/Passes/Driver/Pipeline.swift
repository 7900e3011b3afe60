import GraphIR

/// The passes in the order in which they run.
package enum Pipeline {
    /// Each stage runs until none of its passes has anything left to do; then the next begins.
    package static let stages: [[any Pass]] = [recognition, folding, weights, writing]

    /// Brings each idiom into one form before anything takes it apart.
    private static let recognition: [any Pass] = [
        // Nothing later should look at what nobody reads.
        RemoveDeadCode(),
        // Parameters computed from constants must be constants for all others.
        FoldConstants(),
        // Idioms read one value several times; models may compute it for each reader.
        MergeCommonSubexpressions(),
        RecognizeClamps(),
        RecognizePowers(),
        // Folding their constants into neighbours would hide them.
        RecognizeFunctions(),
        RecognizeSoftmax(),
        RecognizeL2Normalization(),
    ]

    /// Makes the graph smaller without regard to the runtime.
    private static let folding: [any Pass] = [
        // What other passes leave behind stands between operations that belong together.
        RemoveIdentities(),
        RemoveRedundantClamps(),
        RemoveDeadCode(),
        FoldConstants(),
        // Layout changes meet each other before arithmetic looks for its neighbours.
        SinkTransposes(),
        MergeTransposes(),
        TurnTransposesIntoReshapes(),
        SinkReshapes(),
        MergeReshapes(),
        MergeReductionsWithReshapes(),
        FoldTransposeIntoDense(),
        FoldReshapesIntoDense(),
        FoldTransposeIntoProduct(),
        RemoveBroadcasts(),
        MergePads(),
        MoveStrides(),
        MergeCommonSubexpressions(),
        // Backward first: the producer absorbs a shift always, the consumer only without padding.
        FoldBatchNormalization(),
        FoldArithmetic(),
        // Two functions in a row move forward as one.
        MergeScaleAndShift(),
        FoldIntoConsumer(),
        FoldIntoConsumers(),
    ]

    /// Makes less of the weights than the layers that hold them: after all that scales them, before padding is spelled for the runtime.
    private static let weights: [any Pass] = [
        // Fewer channels make all that follows smaller.
        RemoveDeadChannels(),
        MergeDuplicateChannels(),
        CropKernels(),
        MergeLinearLayers(),
        // Two layers between reshapes may have become one.
        FoldReshapesIntoDense(),
        // Blocks are products too, and cheaper as what they are.
        GroupConvolutions(),
        SeparateConvolutions(),
        MergePads(),
        RemoveIdentities(),
    ]

    /// Chooses the operators of the runtime for what is left.
    private static let writing: [any Pass] = [
        // Only what no neighbour took up.
        RewriteBatchNormalization(),
        // A scale moves back where its shift could not.
        FoldArithmetic(),
        // The depthwise convolutions that they became take up what stands before them.
        FoldIntoConsumer(),
        // What is left after strides have moved.
        RewriteUnitPools(),
        // What no neighbour works on as an image.
        RewriteRowResizes(),
        // Differences that no layer took up.
        FuseSquaredDifference(),
        // SAME is one operator less than PAD and VALID.
        RewritePadding(),
        // Last: an activation keeps everything else from folding.
        FuseActivation(),
        // Activations stood between.
        FoldReshapesIntoDense(),
        // With a slice, dropping an axis costs nothing.
        LiftReshapes(),
        // Their activations belong to them.
        MergeSiblingLayers(),
        // Siblings that have become one layer may have been waiting for the next.
        MergeLinearLayers(),
        RemoveRedundantClamps(),
        MergeCommonSubexpressions(),
        RemoveDeadCode(),
    ]

    /// Every pass once, in the order of the first stage that it belongs to.
    package static var passes: [any Pass] {
        var seen: Set<String> = []
        return stages.joined().filter { seen.insert($0.name).inserted }
    }
}
