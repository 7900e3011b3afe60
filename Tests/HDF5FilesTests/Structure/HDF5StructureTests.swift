import Foundation
import Foundations
import HDF5Files
import KerasWeights
import Problems
import TestSupport
import Testing

/// Sound files of all kinds are opened; damaged structures are refused by name, and never end the process.
@Suite struct HDF5StructureTests {
    @Test func opensEverySoundFile() throws {
        let files = Repository.files(in: "", withExtension: "h5").filter {
            !["/growable", "/newer", "/twice", "/repeated", "/hostile/"].contains(
                where: $0.contains)
        }
        #expect(files.count >= 1371)
        for file in files {
            #expect(throws: Never.self, "\(file)") { try HDF5File(path: file) }
        }
    }

    @Test(
        .enabled(if: Repository.hasTrainedModels, "../shared/models is not there"),
        arguments: ["gender_mini_XCEPTION.h5", "pretrainedResnet.h5", "vww_96.h5"])
    func opensTrainedModels(_ name: String) throws {
        #expect(throws: Never.self) { try HDF5File(path: Repository.trainedModel(name)) }
    }

    /// A field that is overwritten.
    struct Wound: CustomTestStringConvertible, Sendable {
        /// The letters that start the structure, and how far behind them the field is.
        let structure: String
        let offset: Int
        let bytes: [UInt8]
        /// What the error names.
        let name: String

        var testDescription: String { "\(structure)+\(offset)" }
    }

    static let wounds = [
        Wound(structure: "TREE", offset: 4, bytes: [1], name: "group B-tree"),
        Wound(structure: "TREE", offset: 6, bytes: [0xFF, 0xFF], name: "group B-tree"),
        Wound(structure: "TREE", offset: 5, bytes: [1], name: "group B-tree"),
        Wound(structure: "TREE", offset: 24, bytes: [0xFF, 0xFF], name: "group B-tree"),
        Wound(structure: "HEAP", offset: 8, bytes: [0, 0, 0, 0, 1], name: "local heap"),
        Wound(structure: "HEAP", offset: 16, bytes: [0xFF, 0xFF], name: "local heap"),
        Wound(structure: "SNOD", offset: 6, bytes: [0xFF], name: "symbol node"),
        Wound(structure: "SNOD", offset: 8, bytes: [0xFF, 0xFF], name: "symbol node"),
        Wound(structure: "SNOD", offset: 16, bytes: [1], name: "object header"),
        Wound(structure: "SNOD", offset: 24, bytes: [7], name: "symbol node"),
        Wound(structure: "GCOL", offset: 8, bytes: [1, 0], name: "global heap"),
        Wound(structure: "GCOL", offset: 24, bytes: [0xFF, 0xFF, 0xFF], name: "global heap"),
    ]

    @Test(arguments: wounds) func namesDamagedStructures(_ wound: Wound) throws {
        var bytes = try Self.bytes("keras2/layers/conv2d/activation_relu6.h5")
        let start = try #require(
            bytes.firstRange(of: Array(wound.structure.utf8))?.lowerBound)
        for (index, byte) in wound.bytes.enumerated() {
            bytes[start + wound.offset + index] = byte
        }
        let problem = #expect(throws: Problem.self) {
            try bytes.withUnsafeBytes { try HDF5Structure.check($0) }
        }
        guard case .malformed(_, let reason)? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(reason.hasPrefix("\(wound.name) at byte"))
    }

    /// Each kind of structure of the newer format, with one bit changed.
    @Test(arguments: ["OHDR", "BTHD", "BTIN", "BTLF", "FRHP"])
    func verifiesChecksums(_ structure: String) throws {
        var bytes = try Self.bytes("hdf5/latest.h5")
        let start = try #require(bytes.firstRange(of: Array(structure.utf8))?.lowerBound)
        bytes[start + 8] ^= 0x40
        let problem = #expect(throws: Problem.self) {
            try bytes.withUnsafeBytes { try HDF5Structure.check($0) }
        }
        guard case .malformed? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
    }

    @Test(arguments: ["growable1", "growable2"])
    func refusesIndicesThatItDoesNotWalk(_ name: String) throws {
        let bytes = try Self.bytes("hdf5/\(name).h5")
        let problem = #expect(throws: Problem.self) {
            try bytes.withUnsafeBytes { try HDF5Structure.check($0) }
        }
        guard case .unsupported(let what, _)? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(what.contains("a dataset that can grow"))
    }

    @Test func namesNewerFormats() throws {
        let bytes = try Self.bytes("hdf5/newer.h5")
        let problem = #expect(throws: Problem.self) {
            try bytes.withUnsafeBytes { try HDF5Structure.check($0) }
        }
        guard case .unsupported(let what, let remedy)? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(what.contains("newer") && remedy.description.contains("libver"))
    }

    @Test(arguments: [("twice", "several links"), ("repeated", "listed several times")])
    func refusesWhatIsThereTwice(_ name: String, _ words: String) throws {
        let bytes = try Self.bytes("hdf5/\(name).h5")
        let problem = #expect(throws: Problem.self) {
            try bytes.withUnsafeBytes { try HDF5Structure.check($0) }
        }
        guard case .malformed(_, let reason)? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(reason.contains(words))
    }

    @Test func listsNoLinksBackwards() throws {
        let file = try HDF5File(path: Repository.testdata("hdf5/circular.h5"))
        #expect(try file.members(of: "group").map(\.name) == ["kernel:0"])
        #expect(file.contains("group/again/group/kernel:0"))
    }

    @Test func refusesAnExtensionOfTheSuperblock() throws {
        var bytes = try Self.bytes("hdf5/latest.h5")
        let address = UInt64(try #require(bytes.firstRange(of: Array("OHDR".utf8))?.lowerBound))
        bytes.replaceSubrange(
            20..<28, with: withUnsafeBytes(of: address.littleEndian) { Array($0) })
        let problem = #expect(throws: Problem.self) {
            try bytes.withUnsafeBytes { try HDF5Structure.check($0) }
        }
        guard case .unsupported? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
    }

    /// Fields that libhdf5 allocates, loops or divides by, each overwritten and its checksum made right again.
    static let forgedFields = [
        ForgedField(structure: "BTHD", size: 34, offset: 9, bytes: [0x7C]),  // bytes of a node
        ForgedField(structure: "BTHD", size: 34, offset: 6, bytes: [0, 0, 0, 0]),
        ForgedField(structure: "BTHD", size: 34, offset: 10, bytes: [1]),  // bytes of a record
        ForgedField(structure: "BTHD", size: 34, offset: 26, bytes: [0xFF, 0xFF]),  // records
        ForgedField(structure: "BTHD", size: 34, offset: 24, bytes: [0, 0]),
        ForgedField(structure: "FAHD", size: 24, offset: 6, bytes: [1]),  // bytes of an entry
        ForgedField(structure: "FAHD", size: 24, offset: 8, bytes: [0xFF]),  // entries
        ForgedField(structure: "FAHD", size: 24, offset: 13, bytes: [1]),
        ForgedField(structure: "FRHP", size: 142, offset: 5, bytes: [4]),  // bytes of an identifier
        ForgedField(structure: "FRHP", size: 142, offset: 128, bytes: [1]),  // bits of an offset
    ]

    struct ForgedField: CustomTestStringConvertible, Sendable {
        let structure: String
        /// The bytes that the checksum behind them covers.
        let size: Int
        let offset: Int
        let bytes: [UInt8]

        var testDescription: String { "\(structure)+\(offset)" }
    }

    @Test(arguments: forgedFields) func refusesForgedFields(_ field: ForgedField) throws {
        var bytes = try Self.bytes("hdf5/latest.h5")
        let start = try #require(bytes.firstRange(of: Array(field.structure.utf8))?.lowerBound)
        let checksum = { (bytes: [UInt8]) in
            bytes[start..<start + field.size].withUnsafeBytes { HDF5Checksum.of($0) }
        }
        let stored = start + field.size..<start + field.size + 4
        let sound = withUnsafeBytes(of: checksum(bytes).littleEndian) { Array($0) }
        try #require(Array(bytes[stored]) == sound)
        bytes.replaceSubrange(
            start + field.offset..<start + field.offset + field.bytes.count, with: field.bytes)
        bytes.replaceSubrange(
            stored, with: withUnsafeBytes(of: checksum(bytes).littleEndian) { Array($0) })
        let problem = #expect(throws: Problem.self) {
            try bytes.withUnsafeBytes { try HDF5Structure.check($0) }
        }
        guard case .malformed? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
    }

    /// A chunk that inflates to less than its shape demands, which no structure of the file tells.
    @Test func refusesShortChunks() throws {
        var bytes = try Self.bytes("hdf5/packed.h5")
        let nothing: [UInt8] = [0x78, 0x9C, 3, 0, 0, 0, 0, 1]
        let start = try #require(bytes.firstRange(of: [0x78, 0x5E])?.lowerBound)
        bytes.replaceSubrange(start..<start + nothing.count, with: nothing)
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "short.h5").path
            try Data(bytes).write(to: URL(filePath: path))
            let problem = #expect(throws: Problem.self) { try Self.readAll(path) }
            guard case .malformed(_, let reason)? = problem?.kind else {
                Issue.record("\(String(describing: problem))")
                return
            }
            #expect(reason.contains("does not inflate to"))
        }
    }

    static let files = [
        "keras2/layers/conv2d/activation_relu6.h5", "hdf5/packed.h5", "hdf5/dtypes.h5",
        "hdf5/names.h5",
        "hdf5/latest.h5",
    ]

    @Test(arguments: files) func survivesMutations(_ name: String) throws {
        let bytes = try Self.bytes(name)
        var generator = SplitMix64(seed: 7)
        var refused = 0
        try Repository.withTemporaryFolder { folder in
            let url = folder.appending(path: "mutated.h5")
            for _ in 0..<5000 {
                var copy = bytes
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    Self.mutate(&copy, &generator)
                }
                try Data(copy).write(to: url)
                do {
                    try Self.readAll(url.path)
                } catch {
                    refused += 1
                    #expect(error is Problem)
                }
            }
        }
        #expect(refused > 500)
    }

    private static func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(filePath: Repository.testdata(name))))
    }

    private static func readAll(_ path: String) throws {
        let store = try LegacyWeights.read(HDF5File(path: path))
        for weight in store.layers.flatMap({ $0.weights }) where weight.shape.elementCount < 1 << 20
        {
            _ = try weight.constant().doubles()
        }
    }

    /// Changes a byte, or puts a number where a field of the format may be: none, all, huge, or an offset.
    private static func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
        let place = Int.random(in: bytes.indices, using: &generator)
        guard Bool.random(using: &generator) else {
            bytes[place] = UInt8.random(in: 0...255, using: &generator)
            return
        }
        let width = [2, 4, 8].randomElement(using: &generator) ?? 8
        let start = place / width * width
        guard start + width <= bytes.count else { return }
        let values = [
            0, UInt64.max, UInt64(1) << UInt64.random(in: 0..<64, using: &generator),
            UInt64(start), UInt64(Int.random(in: bytes.indices, using: &generator) / 8 * 8),
        ]
        let value = values.randomElement(using: &generator) ?? 0
        for index in 0..<width {
            bytes[start + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
        }
    }
}
