/// How fast the bundled interpreter runs a file.
public struct BenchmarkReport: Sendable, Codable {
    /// The time of one operator.
    public struct Operator: Sendable, Codable {
        /// The name of the tensor that it makes.
        public let name: String
        /// TFLite's name with the version.
        public let kind: String
        /// The median over all runs, in seconds.
        public let seconds: Double
        /// Floating point operations a second, in thousand millions; 0 for operators without multiply-accumulates.
        public let gigaflops: Double
    }

    /// The number of measured runs.
    public let runs: Int
    /// The number of threads.
    public let threads: Int
    /// Seconds from the file to the first session.
    public let load: Double
    /// Seconds from the file to the first result.
    public let first: Double
    /// Seconds of the fastest run.
    public let minimum: Double
    /// Seconds of the median run.
    public let median: Double
    /// Seconds that 99 % of the runs stay below.
    public let percentile99: Double
    /// Seconds of processor time, on all threads, of the run that took the least.
    public let processor: Double
    /// Floating point operations a second in the median run, two for each multiply-accumulate, in thousand millions.
    public let gigaflops: Double
    /// Bytes of the memory for intermediate results.
    public let arenaBytes: Int
    /// The operators in running order; empty unless asked for.
    public let operators: [Operator]

    /// The report as JSON.
    public func json() throws -> String { try jsonText() }
}
