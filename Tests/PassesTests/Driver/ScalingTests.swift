import Foundations
import GraphIR
import Passes
import Tensors
import Testing

/// Twice as large a graph takes about twice the work, counted in steps of the budget.
struct ScalingTests {
    /// The steps that the passes draw for a graph.
    private func steps(_ graph: Graph) throws -> Int {
        let budget = ResourceBudget(.init(bytes: .max, steps: .max))
        var graph = graph
        _ = try budget.apply {
            try PassDriver(verifiesEveryPatch: false).run(on: &graph)
        }
        return budget.steps
    }

    private func expectLinear(_ make: (Int) throws -> Graph) throws {
        let (small, large) = (try steps(make(100)), try steps(make(800)))
        #expect(small > 0)
        #expect(Double(large) < 8 * 1.5 * Double(small), "\(small) and \(large) steps")
    }

    /// Operations that all read one value, each with another constant.
    @Test func manyReaders() throws {
        try expectLinear { count in
            let builder = GraphBuilder(name: "readers")
            builder.layer = "layer"
            let x = builder.input(TensorType(.float32, [1, 4]), name: "x")
            let parts = try (0..<count).map { index in
                try builder.binary(.maximum, x, Double(index) + 0.5)
            }
            builder.output(try builder.concatenate(parts, axis: 1), name: "y")
            return builder.graph
        }
    }

    /// As many outputs as operations.
    @Test func manyOutputs() throws {
        try expectLinear { count in
            let builder = GraphBuilder(name: "outputs")
            builder.layer = "layer"
            let x = builder.input(TensorType(.float32, [1, 4]), name: "x")
            for index in 0..<count {
                builder.output(try builder.binary(.maximum, x, Double(index)), name: "y\(index)")
            }
            return builder.graph
        }
    }

    @Test func longChains() throws {
        try expectLinear { count in
            let builder = GraphBuilder(name: "chain")
            builder.layer = "layer"
            var x = builder.input(TensorType(.float32, [1, 4]), name: "x")
            for _ in 0..<count { x = try builder.unary(.tanh, x) }
            builder.output(x, name: "y")
            return builder.graph
        }
    }

    /// Equal operations, of which one stays.
    @Test func manyDuplicates() throws {
        try expectLinear { count in
            let builder = GraphBuilder(name: "duplicates")
            builder.layer = "layer"
            let x = builder.input(TensorType(.float32, [1, 4]), name: "x")
            let parts = try (0..<count).map { _ in try builder.unary(.tanh, x) }
            builder.output(try builder.concatenate(parts, axis: 1), name: "y")
            return builder.graph
        }
    }
}
