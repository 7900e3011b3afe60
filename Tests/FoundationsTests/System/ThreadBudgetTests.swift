import Foundations
import Testing

/// Work that is shared by several threads.
@Suite struct ThreadBudgetTests {
    private struct Failure: Error, Equatable {
        let index: Int
    }

    @Test(arguments: [1, 2, 7])
    func resultsComeInTheOrderOfTheirIndices(threads: Int) {
        let squares = ThreadBudget(threads).map(500) { $0 * $0 }
        #expect(squares == (0..<500).map { $0 * $0 })
        #expect(ThreadBudget(threads).map(0) { $0 }.isEmpty)
    }

    @Test(arguments: [1, 4])
    func theErrorOfTheLeastIndexIsThrown(threads: Int) {
        #expect(throws: Failure(index: 30)) {
            try ThreadBudget(threads).map(100) { index in
                if index % 40 == 30 { throw Failure(index: index) }
                return index
            }
        }
    }

    @Test func eachThreadHasAResourceOfItsOwn() {
        let made = Locked(0)
        let results = ThreadBudget(3).map(64, with: { made.withLock { $0 += 1 } }) { $1 }
        #expect(results == Array(0..<64))
        #expect((1...3).contains(made.withLock { $0 }))
    }
}
