import Approximation

/// How far a file may be from its model to be faster.
///
/// Half of the samples fit cheaper layers, the other half judge the whole model.
public struct ApproximationOptions: Sendable {
    /// What may stand in for layers.
    public enum Family: String, Sendable, CaseIterable {
        /// Convolutions as a depthwise and a pointwise one, or as columns and rows.
        case separable
        /// Fewer channels between two thin layers.
        case lowrank
        /// Functions that cost less, such as hard swish.
        case activation
        /// Fewer channels, for which the next layer makes up.
        case prune
        /// Blocks of 2×2 pixels as channels of an image of half the size, of which the layers need fewer.
        case spacetodepth
    }

    /// The greatest accepted error on the samples that judge: the root mean square difference of an output relative to its
    /// standard deviation, or with `truth` the part of right answers that may be lost.
    public var budget: Double
    /// Typical inputs.
    public var samples: CalibrationSamples
    /// What may stand in for layers.
    public var families = Set(Family.allCases)
    /// The array of true classes in the `.npz` file of the samples, as numbers or as rows of scores.
    public var truth: String?

    /// A budget with its defaults.
    public init(budget: Double, samples: CalibrationSamples) {
        self.budget = budget
        self.samples = samples
    }
}
