import Problems

/// Reports progress and notices when the caller wants to stop.
struct Cancellation {
    private let progress: (ConversionProgress) -> ProgressResponse

    init(_ progress: @escaping (ConversionProgress) -> ProgressResponse) {
        self.progress = progress
    }

    /// Tells the caller how far the work is.
    ///
    /// - Throws: `Problem.Kind.cancelled` where the caller or its task is cancelled.
    func report(_ stage: ConversionProgress.Stage, _ fraction: Double) throws {
        let response = progress(ConversionProgress(stage: stage, fraction: fraction))
        if response == .cancel || Task.isCancelled { throw Problem(.cancelled) }
    }
}
