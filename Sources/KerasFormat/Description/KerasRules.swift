/// What differs between the versions of Keras beyond the vocabulary of their files, and since when.
extension KerasVersion {
    /// Whether merge layers take a step where any mask does, not where all do (from Keras 3.4 on).
    package var mergesMasksByUnion: Bool { generation == .keras3 && !precedes(3, 4) }

    /// Whether models that are loaded run without the masks that the files do not state.
    package var losesMasks: Bool { generation == .keras3 && precedes(3, 4) }

    /// What `RandomCrop` does outside training.
    package var randomCrops: RandomCropForm {
        guard generation == .keras3, !precedes(3, 6) else { return .resized }
        return precedes(3, 8) ? .cut : .identity
    }

    /// Whether the mask that a call of attention states for its queries counts (up to Keras 3.7).
    package var heedsStatedQueryMasks: Bool { generation != .keras3 || precedes(3, 8) }

    /// Whether weights of attention whose keys are all masked are 0, not equal (from Keras 3.14 on).
    package var clearsMaskedWeights: Bool { generation == .keras3 && !precedes(3, 14) }

    /// Whether images are interpolated from asymmetric coordinates (Keras without TensorFlow, up to 2.3).
    package var resizesAsymmetrically: Bool {
        generation == .keras2 && precedes(2, 4) && text?.hasSuffix("-tf") == false
    }

    /// Whether `Bidirectional` gives zeros for masked steps: not in Keras without TensorFlow.
    package var zeroesMaskedOutputs: Bool {
        generation != .keras1 && (!precedes(2, 4) || text?.hasSuffix("-tf") == true)
    }
}

/// What `RandomCrop` does outside training.
package enum RandomCropForm {
    case resized, cut, identity
}
