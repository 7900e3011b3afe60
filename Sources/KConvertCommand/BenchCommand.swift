import ArgumentParser
import KConvert

/// The command that measures the bundled interpreter: `kconvert bench model.tflite`.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure how fast the bundled interpreter runs a file.")

    @Argument(help: "The .tflite file.", completion: .file())
    var model: String

    @Option(help: "The number of measured runs; by default 50, or as many as fit into ten seconds.")
    var runs: Int?

    @Option(help: "The number of threads.")
    var threads = 1

    @OptionGroup var limitOptions: LimitOptions

    @Flag(help: "Print the time of each operator and of each kind of operator.")
    var perOp = false

    @Flag(help: "Print JSON, with times in seconds.")
    var json = false

    func validate() throws {
        guard runs ?? 1 >= 1, threads >= 1 else {
            throw ValidationError("--runs and --threads must be at least 1.")
        }
    }

    func run() throws {
        try Command.reportingErrors {
            let benchmark = Benchmark(
                model: .path(model), runs: runs, threads: threads, isPerOperator: perOp)
            let report = try limitOptions.limits.apply { try benchmark.run() }
            try Command.printOutput(json ? report.json() : report.text)
        }
    }
}
