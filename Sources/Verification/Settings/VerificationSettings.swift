import Foundations
import Tensors

/// How a file is compared with its model.
package struct VerificationSettings: Sendable {
    /// What the report calls the model.
    package var modelName = "the unoptimized model"
    /// Whether the model is evaluated with double accumulation, on one sample of each kind.
    package var isThorough = false
    /// A `.npz` file with inputs and expected outputs; nil if the inputs are generated.
    package var recordedData: String?
    /// Inputs that are compared instead of generated ones; nil for those.
    package var inputs: [[Tensor]]?
    /// The seed of generated inputs.
    package var seed: UInt64 = 1
    /// The largest accepted difference, relative to the spread of an output.
    package var tolerance = 1e-3
    /// The largest difference of a layer, relative to its spread, that is accepted even if rounding does not explain it: a
    /// hundredth of the tolerance.
    var layerTolerance: Double { tolerance / 100 }
    /// For a quantized file the least accepted signal to noise ratio in decibels, instead of the tolerance; nil for others.
    package var leastSignalToNoise: Double?
    /// Whether too small an agreement of a quantized file is not an error.
    package var isForced = false
    /// How many threads the file and the model use together.
    ///
    /// With one thread the model runs after the file instead of beside other work.
    package var threads = ThreadBudget(1)

    /// Fast verification on generated inputs, with one thread.
    package init() {}
}
