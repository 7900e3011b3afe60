import LayerAuthoring

/// How a model is converted.
public struct ConversionOptions: Sendable {
    /// The batch size of the written file.
    public enum Batch: Sendable, Equatable {
        /// A fixed number of samples in each run; the file is fully static.
        case fixed(Int)
        /// Free: the file's inputs can be resized along the first axis.
        case dynamic
    }

    /// How the written file is checked before it takes the place of an older one.
    public enum Verification: String, Sendable, CaseIterable {
        /// Not at all.
        case off
        /// Against the unoptimized model, with fast kernels.
        case fast
        /// Against the unoptimized model, with double accumulation.
        case full
    }

    /// How recurrent layers are written.
    public enum RecurrentForm: String, Sendable, CaseIterable {
        /// The fastest form that is right.
        case auto
        /// One operator for a whole sequence, where there is one.
        case fused
        /// A loop over the steps.
        case `while`
        /// The operators of every step, one after the other.
        case unroll
    }

    /// The batch size, by default 1.
    public var batch = Batch.fixed(1)
    /// Extents for inputs by name, batch included; they replace what the model says.
    public var inputShapes: [String: [Int]] = [:]
    /// How recurrent layers are written, by default in the fastest form.
    public var recurrentForm = RecurrentForm.auto
    /// The version of Keras (`2.3.1`, `3`) whose rules count, for files that do not say which one wrote them.
    public var kerasVersion: String?
    /// Layers and activations of your own; `Converter.register` adds to them.
    public var customLayers = CustomLayers()
    /// Names of passes that shall not run; `Converter.passes` lists them.
    public var disabledPasses: Set<String> = []
    /// Ends the optimization after this number of rewriting steps, to find the one that breaks a model.
    public var stopAfter: Int?
    /// How the result is checked.
    public var verification = Verification.fast
    /// A `.npz` file with inputs and expected outputs, by name or as `in0`…, `out0`…, to check against instead.
    public var verificationData: String?
    /// Whether all weights are read to warn of those that are NaN or infinite.
    public var checksWeights = true
    /// The seed of the inputs made for verification.
    public var seed: UInt64 = 1
    /// The largest accepted difference, relative to the spread of an output.
    public var tolerance = 1e-3

    /// The defaults: batch 1, all passes, fast verification.
    public init() {}
}
