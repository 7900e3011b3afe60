extension LiteSession {
    /// Runs the model on the inputs of the last run and takes the time after each operator.
    ///
    /// - Parameter clock: seconds since some moment.
    /// - Returns: for each operator the name of its first output and the seconds it took.
    package func timedRun(_ clock: () -> Double) throws -> [(output: String, seconds: Double)] {
        try LiteModelError.wrapping {
            let frame = memory.frame(threads: threads)
            var start = clock()
            return try memory.plan.steps.map { step in
                try step.kernel(frame)
                let end = clock()
                defer { start = end }
                let name = step.outputs.first.map { file.subgraphs[0].tensors[$0].name }
                return (name ?? "", end - start)
            }
        }
    }
}
