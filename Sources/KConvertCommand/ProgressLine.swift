import Foundations
import KConvert

/// A line on the terminal that says what is going on once the work has taken half a second.
final class ProgressLine {
    private let isEnabled: Bool
    private let start = ProgressLine.now()
    private var isShown = false

    init(isEnabled: Bool) {
        self.isEnabled = isEnabled && isatty(STDERR_FILENO) == 1
    }

    /// Shows the step and its part done.
    func show(_ progress: ConversionProgress) {
        guard isEnabled, Self.now() - start > 0.5 else { return }
        let percent = Int((progress.fraction * 100).rounded())
        Command.writeError("\r\u{1B}[K\(progress.stage.rawValue) \(percent) %")
        isShown = true
    }

    /// Removes the line.
    func clear() {
        guard isShown else { return }
        Command.writeError("\r\u{1B}[K")
        isShown = false
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
