extension ReportGraph {
    /// The picture, which a script of the page draws; empty if there are no nodes.
    var html: String {
        guard !nodes.isEmpty else { return "" }
        let groups = Dictionary(
            zip(nodes.map(\.group), 0...), uniquingKeysWith: { first, _ in first })
        let rows = nodes.map { node in
            "[\(node.label.scriptLiteral),\(node.detail.scriptLiteral),\(groups[node.group] ?? 0),"
                + "[\(node.inputs.map(String.init).joined(separator: ","))]]"
        }
        let names = groups.map { "\($0.value):\($0.key.scriptLiteral)" }.sorted()
        return """
            <figure class="graph">
            <div class="tools"><button data-do="in">+</button><button data-do="out">−</button>\
            <button data-do="fit">fit</button><button data-do="open">expand all</button>\
            <button data-do="close">collapse all</button></div>
            <div class="view"></div>
            <figcaption>\(caption.htmlEscaped) A click on a box expands or collapses its layer.</figcaption>
            <script>graphs.push({nodes:[\(rows.joined(separator: ","))],names:{\(
                names.joined(separator: ","))}})</script>
            </figure>
            """
    }
}

extension String {
    /// The text as a literal of JavaScript within HTML.
    fileprivate var scriptLiteral: String {
        let escaped = unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\", "<", ">", "&": "\\u{\(String(scalar.value, radix: 16))}"
            default: scalar.value < 32 ? " " : String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
