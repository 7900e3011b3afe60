/// What differs between the versions of Keras beyond the vocabulary of their files, and since when.
///
/// Layers ask for a rule by its name, so that this is the only place where a new version of Keras is told apart.
extension KerasVersion {
    /// Whether merging layers take a step if any mask does, instead of if all do: from Keras 3.4 on.
    package var mergesMasksByUnion: Bool { isKeras3(from: 4) }

    /// Whether models that are loaded run without the masks that the files do not state: Keras 3.0 to 3.3.
    package var losesMasks: Bool { isKeras3 && precedes(3, 4) }

    /// Whether layers that are called on several tensors get no masks: from Keras 3 on.
    package var hidesMasksOfSeveralTensors: Bool { isKeras3 }

    /// Whether `Identity` passes its mask on: from Keras 3 on.
    package var identityPassesMask: Bool { isKeras3 }

    /// Whether `TimeDistributed` passes its mask on, whatever the layer inside does to masks: from Keras 3 on.
    package var timeDistributedKeepsMask: Bool { isKeras3 }

    /// Whether the mask that a call of attention states for its queries counts: up to Keras 3.7.
    package var heedsStatedQueryMasks: Bool { !isKeras3 || precedes(3, 8) }

    /// Whether weights of attention whose keys are all masked are 0 instead of equal: from Keras 3.14 on.
    package var clearsMaskedWeights: Bool { isKeras3(from: 14) }

    /// Whether `Bidirectional` gives zeros for masked steps: not in Keras without TensorFlow.
    package var zeroesMaskedOutputs: Bool { isOfTensorFlow }

    /// Whether layers that are not trained normalize by their stored statistics also in training: not in Keras without TensorFlow.
    package var frozenLayersInfer: Bool { isOfTensorFlow }

    /// Whether layers keep to the `training=True` of their calls when a model predicts: up to Keras 2.
    package var callsKeepTraining: Bool { !isKeras3 }

    /// Whether `hard_sigmoid` is relu6(x + 3) / 6 instead of clip(0.2x + 0.5, 0, 1): from Keras 3 on.
    package var hardSigmoidIsSteep: Bool { isKeras3 }

    /// Whether images are interpolated from asymmetric coordinates: Keras without TensorFlow, up to 2.3.
    package var resizesAsymmetrically: Bool {
        generation == .keras2 && precedes(2, 4) && text?.hasSuffix("-tf") == false
    }

    /// What `RandomCrop` does outside training.
    package var randomCrops: RandomCropForm {
        guard isKeras3, !precedes(3, 6) else { return .resized }
        return precedes(3, 8) ? .cut : .identity
    }

    /// Whether `Resizing` and `SpectralNormalization` give integers for integers: from Keras 3 on.
    package var keepsIntegers: Bool { isKeras3 }

    /// Whether `Discretization` gives 64-bit integers: in Keras 2.
    package var discretizesToInt64: Bool { generation == .keras2 }

    /// The norm that `UnitNormalization` takes for smaller ones: 1e-6 in Keras 2, 1e-12 from Keras 3 on.
    package var smallestNorm: Double { isKeras3 ? 1e-12 : 1e-6 }

    /// Whether parameters of `LayerNormalization` have their axes in the order of the configuration: in Keras 2.
    package var keepsOrderOfNormalizedAxes: Bool { generation == .keras2 }

    /// Whether the file does not tell which axes share a slope of `PReLU`: in Keras 1.
    package var hidesSharedAxes: Bool { generation == .keras1 }

    /// Whether operations are layers of the graph, under the names of classes of `keras.ops`: from Keras 3 on.
    package var hasOperations: Bool { isKeras3 }

    /// Whether this is the Keras within TensorFlow, or one after it.
    private var isOfTensorFlow: Bool {
        generation != .keras1 && (!precedes(2, 4) || text?.hasSuffix("-tf") == true)
    }

    private var isKeras3: Bool { generation == .keras3 }

    private func isKeras3(from minor: Int) -> Bool { isKeras3 && !precedes(3, minor) }
}

/// What `RandomCrop` does outside training.
package enum RandomCropForm {
    /// Crops to the aspect ratio and resizes: up to Keras 3.5.
    case resized
    /// Cuts where the crop of the aspect ratio would begin, and resizes if too little is left: Keras 3.6 and 3.7.
    case cut
    /// Returns its input: from Keras 3.8 on.
    case identity
}
