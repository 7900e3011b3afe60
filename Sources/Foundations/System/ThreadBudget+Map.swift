import Dispatch

extension ThreadBudget {
    /// The results of `body` for 0..<count, in this order; each thread takes the next index that nobody has taken.
    ///
    /// - Parameter body: must give the same result on any thread and in any order.
    /// - Throws: the error of the least index that has one.
    package func map<Element: Sendable, Failure: Error>(
        _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Element
    ) throws(Failure) -> [Element] {
        try map(count, with: { () }) { (_, index) throws(Failure) in try body(index) }
    }

    /// The results of `body` for 0..<count, in this order, each thread with something of its own that saves work.
    ///
    /// - Parameters:
    ///   - make: called once on each thread that takes part.
    ///   - body: must give the same result whatever that thread did before.
    /// - Throws: the error of the least index that has one.
    package func map<Resource, Element: Sendable, Failure: Error>(
        _ count: Int, with make: @Sendable () -> Resource,
        _ body: @Sendable (Resource, Int) throws(Failure) -> Element
    ) throws(Failure) -> [Element] {
        let state = Locked(
            (next: 0, results: [Result<Element, Failure>?](repeating: nil, count: count)))
        DispatchQueue.concurrentPerform(iterations: limited(to: count).count) { _ in
            let resource = make()
            while true {
                let index = state.withLock { state in
                    state.next += 1
                    return state.next - 1
                }
                guard index < count else { return }
                let result = Result { () throws(Failure) in try body(resource, index) }
                state.withLock { $0.results[index] = result }
            }
        }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for case .some(let result) in state.withLock({ $0.results }) {
            elements.append(try result.get())
        }
        return elements
    }
}
