/// Numbers as people read them.
package enum Format {
    /// `1×224×224×3`, `?` for a free extent.
    package static func shape(_ dims: [Int]) -> String {
        dims.isEmpty ? "scalar" : dims.map { $0 < 0 ? "?" : String($0) }.joined(separator: "×")
    }

    /// Digits in groups of three: `3,538,984`.
    package static func grouped(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(digits, at: 0)
        return (number < 0 ? "−" : "") + groups.joined(separator: ",")
    }

    /// A count with a unit: `300.8 M`.
    package static func large(_ number: Int) -> String {
        scaled(Double(number), step: 1000, units: ["", " K", " M", " G", " T", " P"])
    }

    /// `14.0 MB`, in powers of 1000 as disks count.
    package static func bytes(_ count: Int) -> String {
        scaled(Double(count), step: 1000, units: [" B", " KB", " MB", " GB", " TB"])
    }

    /// A duration: `6.0 ms` or `1.25 s`.
    package static func seconds(_ seconds: Double) -> String {
        seconds < 1
            ? "\(rounded(seconds * 1000, digits: 1)) ms" : "\(rounded(seconds, digits: 2)) s"
    }

    /// A duration with three or more digits: `12.85 µs`, `4.312 ms`.
    package static func duration(_ seconds: Double) -> String {
        seconds < 1e-3
            ? "\(rounded(seconds * 1e6, digits: 2)) µs" : "\(rounded(seconds * 1e3, digits: 3)) ms"
    }

    /// A ratio in decibels: `92.4 dB`, `∞` if there is no noise.
    package static func decibels(_ ratio: Double) -> String {
        ratio.isFinite ? "\(rounded(ratio, digits: 1)) dB" : "∞"
    }

    /// A part as a percentage: `1.25 %`.
    package static func percent(_ part: Double) -> String {
        part.isFinite ? "\(rounded(100 * part, digits: 3)) %" : "\(part)"
    }

    /// A small number: `3.1e-07`.
    package static func scientific(_ number: Double) -> String {
        guard number.isFinite, number > 0 else { return number == 0 ? "0" : "\(number)" }
        var exponent = 0
        var mantissa = number
        while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        if mantissa >= 9.95 { (mantissa, exponent) = (1, exponent + 1) }
        let sign = exponent < 0 ? "-" : "+"
        let digits = String(exponent.magnitude)
        return "\(rounded(mantissa, digits: 1))e\(sign)\(digits.count < 2 ? "0" : "")\(digits)"
    }

    /// A number of things: `1 change`, `2 changes`.
    package static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    /// A number with a fixed number of digits after the point.
    package static func rounded(_ number: Double, digits: Int) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let units = Int((number * scale).rounded())
        guard digits > 0 else { return String(units) }
        let text = String(units.magnitude)
        let padded = String(repeating: "0", count: max(digits + 1 - text.count, 0)) + text
        return (units < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
    }

    private static func scaled(_ number: Double, step: Double, units: [String]) -> String {
        var value = number
        var unit = 0
        while value >= step, unit < units.count - 1 {
            value /= step
            unit += 1
        }
        return rounded(value, digits: unit == 0 ? 0 : 1) + units[unit]
    }
}
