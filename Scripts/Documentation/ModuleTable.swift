import Foundation

/// The table of modules, from `Package.swift`: each library or executable with the comment above it and what it depends on.
struct ModuleTable {
    private struct Module {
        let name: String
        let purpose: String
        let dependencies: [String]
    }

    /// A page without the two lines that mark the place of the table.
    struct MissingMarks: Error {}

    private static let start = "<!-- modules: made by `make docs` from Package.swift -->"
    private static let end = "<!-- end of modules -->"

    private let modules: [Module]

    /// Reads a manifest whose targets are written as in that of this package.
    init(package text: String) throws {
        let targets = text.components(separatedBy: "    targets: [\n").last ?? ""
        modules = Self.entries(in: targets).compactMap(Self.module)
    }

    /// The page with the table between its two marks.
    func replacing(in page: String) throws -> String {
        guard let first = page.range(of: Self.start), let last = page.range(of: Self.end) else {
            throw MissingMarks()
        }
        let rows = modules.map { module in
            let imports = module.dependencies.joined(separator: ", ")
            return "| `\(module.name)` | \(module.purpose) | \(imports.isEmpty ? "–" : imports) |"
        }
        let table = ["| module (`Sources/…`) | holds | imports |", "|---|---|---|"] + rows
        return page[..<first.upperBound] + "\n\n" + table.joined(separator: "\n") + "\n\n"
            + page[last.lowerBound...]
    }

    /// The comment and the code of each target.
    private static func entries(in text: String) -> [(comment: String, code: String)] {
        var entries: [(comment: String, code: String)] = []
        var comment: [String] = []
        var code: [String] = []
        for line in text.split(separator: "\n") {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("//") {
                comment.append(line.dropFirst(2).trimmingCharacters(in: .whitespaces))
                continue
            }
            code.append(line)
            let joined = code.joined(separator: " ")
            guard joined.count(where: { $0 == "(" }) == joined.count(where: { $0 == ")" }) else {
                continue
            }
            entries.append((comment.joined(separator: " "), joined))
            (comment, code) = ([], [])
        }
        return entries
    }

    /// The module that an entry declares; nil for those outside of `Sources`.
    private static func module(_ entry: (comment: String, code: String)) -> Module? {
        let code = entry.code
        let isOwn = ["module(", ".systemLibrary(", ".target(", ".executableTarget("]
            .contains { code.hasPrefix($0) }
        let texts = code.matches(of: #/"([^"]*)"/#).map { String($0.1) }
        guard isOwn, let name = texts.first, !code.contains("path: ") else { return nil }
        let list = code.firstMatch(of: #/(?:uses|dependencies): \[(.*?)\]/#)
        let products = list.map { String($0.1) } ?? ""
        return Module(
            name: name, purpose: entry.comment,
            dependencies: products.matches(of: #/(?:name: )?"([^"]*)"(?:, package: "[^"]*")?/#)
                .map { String($0.1) })
    }
}
