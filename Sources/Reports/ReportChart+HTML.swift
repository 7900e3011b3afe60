import Foundations

extension ReportChart {
    /// The decades of the scale.
    private static let decades = 8

    /// The picture; empty if there are no bars.
    var html: String {
        guard !bars.isEmpty else { return "" }
        let grid = stride(from: 0, through: Self.decades, by: 2).map { decade in
            let label = decade == Self.decades ? "1" : "1e-\(Self.decades - decade)"
            return line(at: decade * 100 / Self.decades, label, style: "grid")
        }
        let limit = line(at: height(of: limit), limitLabel, style: "limit")
        return """
            <figure>
            <div class="chart">\((grid + [limit]).joined())<div class="bars">\(
                bars.map(html).joined())</div></div>
            <figcaption>\(caption.htmlEscaped)</figcaption>
            </figure>
            """
    }

    private func html(_ bar: Bar) -> String {
        let style = "bar" + (bar.isBad ? " bad" : "") + (bar.isMarked ? " start" : "")
        let title = "\(bar.name): \(Format.scientific(bar.value))".htmlEscaped
        let size = max(height(of: bar.value), 1)
        return "<i class=\"\(style)\" style=\"height:\(size)%\" title=\"\(title)\"></i>"
    }

    private func line(at height: Int, _ label: String, style: String) -> String {
        "<div class=\"\(style)\" style=\"bottom:\(height)%\"><span>\(label.htmlEscaped)</span></div>"
    }

    /// How high a value is drawn, in percent.
    private func height(of value: Double) -> Int {
        guard value.isFinite else { return 100 }
        let decades = Double(Self.decades)
        let exponent = log10(max(value, 1e-300)) + decades
        return Int((min(max(exponent, 0), decades) / decades * 100).rounded())
    }
}
