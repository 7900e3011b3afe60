/// Names that are made different by a number at the end: `dense`, `dense_1`, `dense_2`.
package struct UniqueNames: Sendable {
    private var used: Set<String> = []
    private var nextNumbers: [String: Int] = [:]

    package init() {}

    /// A name that was not given out before: `name`, else `name` with the smallest number that is free.
    package mutating func unique(_ name: String) -> String {
        if used.insert(name).inserted { return name }
        var number = nextNumbers[name] ?? 1
        while !used.insert("\(name)_\(number)").inserted { number += 1 }
        nextNumbers[name] = number + 1
        return "\(name)_\(number)"
    }
}
