import KerasWeights
import Problems
import Tensors
import Testing

/// Matching against stores made up in memory; each array holds one number of its own.
@Suite struct WeightMatcherTests {
    /// A store of layers with the shapes of their arrays by name, numbered from 0.
    private func store(_ layers: [(String, [(String, Shape)])]) -> StoredWeights {
        var number = -1.0
        return StoredWeights(
            file: "w.h5", kerasVersion: nil, backend: nil,
            layers: layers.map { name, weights in
                StoredLayer(
                    name: name,
                    weights: weights.map { name, shape in
                        number += 1
                        let values = [Double](repeating: number, count: shape.elementCount)
                        return StoredWeight(name: name, shape: shape) { Constant(values, shape) }
                    })
            })
    }

    private func dense(_ path: String..., inputs: Int = 2, units: Int = 3, trains: Bool = true)
        -> WeightRequest
    {
        WeightRequest(
            path: LayerPath(path), className: "Dense", isTrainable: trains,
            specs: [WeightSpec("kernel", [inputs, units]), WeightSpec("bias", [units])])
    }

    private func norm(_ path: String..., trains: Bool = true) -> WeightRequest {
        WeightRequest(
            path: LayerPath(path), className: "BatchNormalization", isTrainable: trains,
            specs: [
                WeightSpec("gamma", [3]), WeightSpec("beta", [3]),
                WeightSpec("moving_mean", [3], isTrainable: false),
                WeightSpec("moving_variance", [3], isTrainable: false),
            ])
    }

    private func numbers(_ assignment: WeightAssignment, _ path: String...) -> [Double] {
        assignment[LayerPath(path)].map { $0.doubles()[0] }
    }

    private let two: [(String, Shape)] = [("kernel:0", [2, 3]), ("bias:0", [3])]

    @Test func matchesByNameInAnyOrderAndWarnsOfTheRest() throws {
        let assignment = try WeightMatcher.match(
            [dense("a"), dense("b")],
            with: store([("x", []), ("b", two), ("top", two), ("a", two)])
        )
        #expect(numbers(assignment, "a") == [4, 5] && numbers(assignment, "b") == [0, 1])
        #expect(assignment.warnings == [Problem(.unusedWeights("top"), file: "w.h5")])
    }

    @Test func pairsRenamedLayersInOrder() throws {
        let assignment = try WeightMatcher.match(
            [
                dense("dense"),
                WeightRequest(path: LayerPath(["relu"]), className: "ReLU", specs: []),
                dense("dense_1"),
            ],
            with: store([("dense_1", two), ("flatten", []), ("dense_2", two)]))
        #expect(numbers(assignment, "dense") == [0, 1])
        #expect(numbers(assignment, "dense_1") == [2, 3])
        #expect(assignment.warnings.isEmpty)
    }

    @Test func acceptsAlternativeAndFreeExtents() throws {
        let spec = WeightSpec("bias", [6], or: [[2, 6]])
        let request = WeightRequest(
            path: LayerPath(["gru"]), className: "GRU",
            specs: [WeightSpec("kernel", [Shape.free, 6]), spec])
        let assignment = try WeightMatcher.match(
            [request], with: store([("gru", [("k", [4, 6]), ("b", [2, 6])])]))
        #expect(assignment[LayerPath(["gru"])][1].shape == [2, 6])
    }

    @Test func reportsAllMismatches() {
        let problems = #expect(throws: Problems.self) {
            try WeightMatcher.match(
                [dense("a"), dense("b", units: 4), dense("conv_1"), norm("n")],
                with: store([("a", two), ("b", two), ("conv1", two), ("n", two), ("z", two)]))
        }
        #expect(
            problems?.all == [
                Problem(
                    .mismatchingWeights(
                        expected: "kernel 2×4, bias 4", found: "kernel 2×3, bias 3 ('b')"),
                    file: "w.h5", layer: "b", layerClass: "Dense"),
                Problem(
                    .missingWeights(expected: "kernel 2×3, bias 3", nearest: "conv1"),
                    file: "w.h5", layer: "conv_1", layerClass: "Dense"),
                Problem(
                    .mismatchingWeights(
                        expected: "gamma 3, beta 3, moving_mean 3, moving_variance 3",
                        found: "kernel 2×3, bias 3 ('n')"),
                    file: "w.h5", layer: "n", layerClass: "BatchNormalization"),
                Problem(.unusedWeights("conv1, z"), file: "w.h5"),
            ])
    }

    @Test func reportsWeightsOfAnotherModel() {
        let problems = #expect(throws: Problems.self) {
            try WeightMatcher.match(
                [dense("a"), dense("b")],
                with: store([("x", [("k", [9])]), ("y", two), ("z", two)]))
        }
        #expect(problems?.all.count == 2)
        #expect(problems?.all.last?.kind == .unusedWeights("z"))
    }

    private let unnamed: [(String, Shape)] = [
        ("param_0", [2, 3]), ("param_1", [3]), ("param_2", [3]), ("param_3", [3]),
        ("param_4", [3]), ("param_5", [3]),
    ]

    @Test func readsNestedModelsTrainableFirst() throws {
        let assignment = try WeightMatcher.match(
            [norm("m", "n"), dense("m", "d")],
            with: store([("m", [unnamed[1], unnamed[2], unnamed[0]] + unnamed[3...])]))
        #expect(numbers(assignment, "m", "n") == [0, 1, 4, 5])
        #expect(numbers(assignment, "m", "d") == [2, 3])
    }

    @Test func listsFrozenLayersLast() throws {
        let assignment = try WeightMatcher.match(
            [norm("m", "n", trains: false), dense("m", "d")], with: store([("m", unnamed)]))
        #expect(numbers(assignment, "m", "d") == [0, 1])
        #expect(numbers(assignment, "m", "n") == [2, 3, 4, 5])
    }

    @Test func trustsNamesOverFlags() throws {
        let named: [(String, Shape)] = [
            ("n_0/gamma:0", [3]), ("n_0/beta:0", [3]), ("n_0/moving_mean:0", [3]),
            ("n_0/moving_variance:0", [3]), ("n/gamma:0", [3]), ("n/beta:0", [3]),
            ("n/moving_mean:0", [3]), ("n/moving_variance:0", [3]),
        ]
        let byLeaf = try WeightMatcher.match(
            [norm("m", "n"), norm("m", "n_0")], with: store([("m", named)]))
        #expect(numbers(byLeaf, "m", "n") == [4, 5, 6, 7])
        let byRole = try WeightMatcher.match(
            [norm("m", "other"), norm("m", "another")], with: store([("m", named)]))
        #expect(numbers(byRole, "m", "other") == [0, 1, 2, 3])
    }

    @Test func tellsEqualNamesApartByContainer() throws {
        let named: [(String, Shape)] = [
            ("q/d/kernel:0", [2, 3]), ("q/d/bias:0", [3]), ("p/d/kernel:0", [2, 3]),
            ("p/d/bias:0", [3]),
        ]
        let assignment = try WeightMatcher.match(
            [dense("m", "p", "d"), dense("m", "q", "d")], with: store([("m", named)]))
        #expect(numbers(assignment, "m", "p", "d") == [2, 3])
        #expect(numbers(assignment, "m", "q", "d") == [0, 1])
    }

    @Test func readsSharedLayersOfNestedModelsOnce() throws {
        let assignment = try WeightMatcher.match(
            [dense("m", "p", "d"), dense("m", "q", "d")], with: store([("m", two)]))
        #expect(numbers(assignment, "m", "p", "d") == [0, 1])
        #expect(numbers(assignment, "m", "q", "d") == [0, 1])
    }

    /// Theano's kernels are turned around along their spatial axes; nothing else is.
    @Test func reversesKernelsOfTheano() throws {
        let kernel = StoredWeight(name: "kernel:0", shape: [2, 1, 2]) {
            Constant([1, 2, 3, 4], [2, 1, 2])
        }
        let bias = StoredWeight(name: "bias:0", shape: [2]) { Constant([5, 6], [2]) }
        let request = WeightRequest(
            path: LayerPath(["c"]), className: "Conv1D",
            specs: [
                WeightSpec("kernel", [2, 1, 2], kind: .convolutionKernel), WeightSpec("bias", [2]),
            ])
        for (backend, expected) in [("theano", [3.0, 4, 1, 2]), ("tensorflow", [1.0, 2, 3, 4])] {
            let store = StoredWeights(
                file: "w.h5", kerasVersion: "2.2.4", backend: backend,
                layers: [StoredLayer(name: "c", weights: [kernel, bias])])
            let found = try WeightMatcher.match([request], with: store)[LayerPath(["c"])]
            #expect(found[0].doubles() == expected && found[1].doubles() == [5, 6])
        }
    }
}
