/// A named list of values that a test goes through.
package struct Choice<Value> {
    let name: String
    let values: [Value]

    package init(_ name: String, _ values: [Value]) {
        self.name = name
        self.values = values
    }
}

/// The values that the enclosing `withEvery` calls chose, for failure messages.
package enum Combination {
    @TaskLocal package static var current = ""
}

/// Calls `body` with every combination of the choices' values.
///
/// During `body`, `Combination.current` names the combination, after those of enclosing calls:
///
///     withEvery(Choice("stride", [1, 2]), Choice("kernel", [1, 3])) { stride, kernel in
///         #expect(…, "\(Combination.current)")
///     }
package func withEvery<each Value>(
    _ choices: repeat Choice<each Value>, body: (repeat each Value) throws -> Void
) rethrows {
    var total = 1
    for choice in repeat each choices { total *= choice.values.count }
    for number in 0..<total {
        var remaining = number
        var trace = Combination.current
        func pick<Chosen>(_ choice: Choice<Chosen>) -> Chosen {
            let value = choice.values[remaining % choice.values.count]
            remaining /= choice.values.count
            trace += "\(trace.isEmpty ? "" : ", ")\(choice.name) \(value)"
            return value
        }
        let chosen = (repeat pick(each choices))
        try Combination.$current.withValue(trace) { try body(repeat each chosen) }
    }
}
