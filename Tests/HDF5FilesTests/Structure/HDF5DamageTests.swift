import Foundation
import HDF5Files
import KerasWeights
import Problems
import TestSupport
import Testing

/// Damaged files give errors or other numbers, and never end the process.
@Suite struct HDF5DamageTests {
    static let files = [
        "dtypes.h5", "packed.h5", "names.h5", "split.h5", "nested.h5", "latest.h5",
    ]

    /// Opens a model of these bytes and reads all weights.
    private func read(_ bytes: [UInt8], at path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
        let store = try LegacyWeights.read(HDF5File(path: path))
        for weight in store.layers.flatMap({ $0.weights }) where weight.shape.elementCount < 1 << 20
        {
            _ = try weight.constant().doubles()
        }
    }

    @Test(arguments: files) func tellsTruncatedFiles(_ name: String) throws {
        let bytes = try [UInt8](
            Data(contentsOf: URL(filePath: Repository.testdata("hdf5/\(name)"))))
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: name).path
            Damage.truncate(bytes, count: 400) { prefix in
                let problem = #expect(throws: Problem.self, "\(prefix.count) bytes") {
                    try read(prefix, at: path)
                }
                #expect(problem?.file == path)
                if prefix.count > 16, case .truncated? = problem?.kind {
                } else if prefix.count > 16 {
                    Issue.record("\(prefix.count) bytes: \(String(describing: problem))")
                }
            }
        }
    }

    @Test(arguments: files) func survivesDamagedFiles(_ name: String) throws {
        let bytes = try [UInt8](
            Data(contentsOf: URL(filePath: Repository.testdata("hdf5/\(name)"))))
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: name).path
            var refused = 0
            Damage.mutate(bytes, count: 400) { damaged in
                do {
                    try read(damaged, at: path)
                } catch {
                    refused += 1
                    #expect(error is Problem)
                }
            }
            #expect(refused > 0)
        }
    }
}
