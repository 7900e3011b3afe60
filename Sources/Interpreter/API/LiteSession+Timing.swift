extension LiteSession {
    /// Runs the model on the inputs of the last run and takes the time after each operator.
    ///
    /// - Parameter clock: seconds since some moment.
    /// - Returns: for each operator the name of its first output and the seconds it took; one that runs as a part of
    ///   another is left out.
    package func timedRun(
        _ clock: () -> Double
    ) throws(LiteModelError) -> [(output: String, seconds: Double)] {
        try LiteModelError.wrapping(file: path) {
            var start = clock()
            var times: [(output: String, seconds: Double)] = []
            try memory.run(threads: threads) { step, _ in
                let end = clock()
                let name = step.outputs.first.map { self.graph[$0].name }
                times.append((name ?? "", end - start))
                start = clock()
            }
            return times
        }
    }
}
