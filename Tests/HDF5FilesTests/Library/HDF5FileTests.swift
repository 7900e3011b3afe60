import HDF5Files
import KerasWeights
import Problems
import Tensors
import TestSupport
import Testing

@Suite struct HDF5FileTests {
    private func store(_ name: String) throws -> StoredWeights {
        try LegacyWeights.read(HDF5File(path: Repository.testdata("hdf5/\(name)")))
    }

    private func ramp(_ count: Int) -> [Double] { (0..<count).map { Double($0) / 4 - 1 } }

    @Test func readsEveryElementType() throws {
        let store = try store("dtypes.h5")
        #expect(store.kerasVersion == "2.4.0" && store.backend == "tensorflow")
        for layer in store.layers.prefix(7) {
            let constant = try layer.weights[0].constant()
            #expect(constant.dtype == .float32 && constant.shape == [2, 3], "\(layer.name)")
            #expect(constant.doubles() == ramp(6), "\(layer.name)")
        }
        let whole = try store.layers[7].weights[0].constant()
        #expect(whole.dtype == .int8 && whole.doubles() == [-3, -2, -1, 0, 1, 2])
        #expect(try store.layers[8].weights[1].constant().doubles() == ramp(5))
        let count = try store.layers[9].weights[0].constant()
        #expect(count.dtype == .int64 && count.shape == .scalar && count.doubles() == [7])
    }

    @Test(arguments: ["packed.h5", "userblock.h5"])
    func readsEveryLayout(_ name: String) throws {
        for layer in try store(name).layers {
            #expect(try layer.weights[0].constant().doubles() == ramp(30), "\(layer.name)")
        }
    }

    @Test func readsFixedLengthNamesWithSlashes() throws {
        let layers = try store("names.h5").layers
        #expect(layers.map { $0.name } == ["blk", "blk/conv", "drop", "exactly_full"])
        #expect(layers.map { $0.weights.count } == [1, 2, 0, 1])
        #expect(layers[1].weights[1].name == "blk/conv/bias:0")
    }

    @Test func joinsSplitNames() throws {
        #expect(try store("split.h5").layers.map { $0.name } == (0..<7).map { "dense_\($0)" })
    }

    @Test func refusesHostileDatasets() throws {
        let file = try HDF5File(path: Repository.testdata("hdf5/hostile.h5"))
        for name in ["unwritten", "huge", "outside"] {
            let dataset = try file.dataset("\(name)/kernel:0")
            #expect(throws: Problem.self, "\(name)") { try dataset.constant() }
        }
        #expect(throws: Problem.self) { try file.dataset("text/kernel:0") }
        #expect(throws: Problem.self) { try file.dataset("text") }
        #expect(throws: Problem.self) { try file.dataset("linked/blk/kernel:0") }
        #expect(!file.contains("linked"))
    }

    @Test func namesTheFileAndWhatIsMissing() throws {
        let path = Repository.testdata("hdf5/names.h5")
        let problem = #expect(throws: Problem.self) {
            try HDF5File(path: path).dataset("blk/gone")
        }
        #expect(problem?.file == path)
        guard case .malformed(_, let reason)? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(reason.contains("blk/gone"))
    }

    @Test func isSafeToShare() async throws {
        let file = try HDF5File(path: Repository.testdata("hdf5/packed.h5"))
        try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<8 {
                group.addTask { try file.dataset("gzip/kernel:0").constant().doubles() }
            }
            for try await values in group { #expect(values == ramp(30)) }
        }
    }
}
