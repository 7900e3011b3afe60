/// How the range of a value follows from the numbers that it took on.
package enum RangeMethod: Sendable, Equatable, CustomStringConvertible {
    /// From the smallest to the greatest.
    case extremes
    /// Without the outermost elements on either side, so that `percent` in a hundred are within each end.
    case percentile(Double)
    /// The range whose integers differ least from the numbers in the mean square.
    case leastError

    package var description: String {
        switch self {
        case .extremes: "minmax"
        case .percentile(let percent): "percentile:\(percent)"
        case .leastError: "mse"
        }
    }

    /// `minmax`, `mse`, or `percentile:99.99`; nil for other texts.
    package init?(_ text: String) {
        switch text {
        case "minmax": self = .extremes
        case "mse": self = .leastError
        default:
            let parts = text.split(separator: ":")
            guard parts.count == 2, parts[0] == "percentile", let percent = Double(parts[1]),
                percent > 50, percent <= 100
            else { return nil }
            self = .percentile(percent)
        }
    }
}
