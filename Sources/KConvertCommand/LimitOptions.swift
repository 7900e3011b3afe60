import ArgumentParser
import Interpreter

/// The options of all commands that limit what their inputs can make them do.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The most memory to take, such as 500M or 8G; by default three quarters of the machine's, at most 4G or 32 times the input.",
            valueName: "bytes"))
    var memoryLimit: ByteCount?

    @Option(
        help: ArgumentHelp(
            "The most steps to take, of about a nanosecond each; by default 20 billion and 1000 for each byte of the input.",
            valueName: "steps"))
    var stepLimit: Int?

    @Option(
        help: ArgumentHelp(
            "Stop after this many seconds; needed for files with loops that never end.",
            valueName: "seconds"))
    var timeLimit: Double?

    func validate() throws {
        guard stepLimit ?? 1 >= 1, timeLimit ?? 1 > 0 else {
            throw ValidationError("--step-limit and --time-limit must be above 0.")
        }
    }

    /// The limits that the options ask for.
    var limits: ResourceLimits {
        var limits = ResourceLimits()
        limits.memory = memoryLimit?.value
        limits.steps = stepLimit
        limits.seconds = timeLimit
        return limits
    }
}

/// A number of bytes on the command line: `65536`, `500M`, `1.5G`.
struct ByteCount: ExpressibleByArgument {
    let value: Int

    init?(argument: String) {
        let units: [Character: Double] = ["K": 1024, "M": 1_048_576, "G": 1_073_741_824]
        let unit = argument.last.flatMap { units[Character($0.uppercased())] }
        let digits = unit == nil ? argument[...] : argument.dropLast()
        guard let number = Double(digits), number > 0, number * (unit ?? 1) < 0x1p62 else {
            return nil
        }
        value = Int(number * (unit ?? 1))
    }
}
