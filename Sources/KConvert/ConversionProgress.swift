/// How far a conversion has come.
public struct ConversionProgress: Sendable {
    /// The steps of a conversion, in their order.
    public enum Stage: String, Sendable, Codable, CaseIterable {
        case reading, optimizing, writing, verifying
    }

    /// The step that is running.
    public let stage: Stage
    /// The part of this step that is done, 0…1.
    public let fraction: Double
}

/// What a conversion does after it has reported its progress.
public enum ProgressResponse: Sendable {
    case proceed
    /// Stop, leave the old output as it is, and throw `ConversionError.Code.cancelled`.
    case cancel
}
