/// Finding what somebody may have meant.
package enum NearestName {
    /// The candidate with the fewest edits from `name`, or nil if all differ in more than half of their letters.
    ///
    /// The first of several wins. Edits are insertions, deletions and replacements of a byte (Levenshtein).
    package static func nearest(to name: String, among candidates: [String]) -> String? {
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let limit = max(name.utf8.count, candidate.utf8.count) / 2
            let distance = editDistance(name, candidate)
            if distance <= limit, distance < best?.distance ?? Int.max {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    /// The number of edits between the first 200 bytes of two names.
    package static func editDistance(_ first: String, _ second: String) -> Int {
        let first = Array(first.utf8.prefix(200))
        let second = Array(second.utf8.prefix(200))
        var row = Array(0...second.count)
        for (i, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in second.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
            }
        }
        return row[second.count]
    }
}
