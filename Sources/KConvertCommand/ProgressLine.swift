import KConvert

/// A line on the terminal that says what is going on once the work has taken half a second.
final class ProgressLine {
    private let isEnabled: Bool
    private let start = ContinuousClock.now
    private var isShown = false

    init(isEnabled: Bool) {
        self.isEnabled = isEnabled && Command.hasErrorTerminal
    }

    /// Shows the step and its part done.
    func show(_ progress: ConversionProgress) {
        guard isEnabled, ContinuousClock.now - start > .seconds(0.5) else { return }
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
}
