import Problems

/// How far a conversion has come.
public struct ConversionProgress: Sendable {
    /// The steps of a conversion, in their order.
    public enum Stage: String, Sendable, Codable, CaseIterable {
        case reading, approximating, optimizing, quantizing, writing, verifying
    }

    /// The step that is running.
    public let stage: Stage
    /// The part of this step that is done: 0 when it begins, 1 when it is over.
    public let fraction: Double
}

/// What a conversion does after it has reported its progress.
public enum ProgressResponse: Sendable {
    case proceed
    /// Stop, leave the old output as it is, and throw `ConversionError.Code.cancelled`.
    case cancel
}

/// Reports progress and notices when the caller wants to stop.
struct Cancellation {
    private let progress: (ConversionProgress) -> ProgressResponse

    init(_ progress: @escaping (ConversionProgress) -> ProgressResponse) {
        self.progress = progress
    }

    /// Tells the caller how far the work is.
    ///
    /// - Throws: `Problem.Kind.cancelled` if the caller or its task is cancelled.
    func report(_ stage: ConversionProgress.Stage, _ fraction: Double) throws {
        let response = progress(ConversionProgress(stage: stage, fraction: fraction))
        if response == .cancel || Task.isCancelled { throw Problem(.cancelled) }
    }
}
