import Quantization
import Testing

private struct Stop: Error {}

/// Losses add up; the layers that cost most stay real, and no others.
@Test func theFewestLayersAreKept() throws {
    let costs = ["a": 0.01, "b": 0.3, "c": 0.02, "d": 0.2, "e": 0.0]
    let budget = LayerBudget(costs.keys.sorted()) { kept in
        let loss = costs.filter { !kept.contains($0.key) }.values.reduce(0, +)
        return (loss, -loss)
    }
    #expect(try budget.fewest(under: 0.6) { _ in }.kept == [])
    #expect(try budget.fewest(under: 0.25) { _ in }.kept == ["b"])
    let two = try budget.fewest(under: 0.1) { _ in }
    #expect(two.kept == ["b", "d"])
    #expect(abs(two.loss - 0.03) < 1e-9)
    #expect(throws: Stop.self) { try budget.fewest(under: 0.1) { _ in throw Stop() } }
}

/// A layer that matters alone, but not beside another one, is given back.
@Test func layersThatAreNotNeededAreGivenBack() throws {
    let budget = LayerBudget(["a", "b"]) { kept in
        kept.contains("b") ? (0, kept.contains("a") ? 30 : 10) : (1, kept.contains("a") ? 20 : 5)
    }
    let found = try budget.fewest(under: 0.5) { _ in }
    #expect(found.kept == ["b"])
}
