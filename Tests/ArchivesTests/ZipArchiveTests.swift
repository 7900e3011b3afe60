import Archives
import Foundation
import Foundations
import Problems
import TestSupport
import Tensors
import Testing

struct ZipArchiveTests {
    /// Stored members are read where they lie, deflated ones from memory; both hold the same.
    @Test func readsMembersInPlace() throws {
        let stored = try ZipArchive(path: Repository.testdata("archives/stored.npz"))
        let deflated = try ZipArchive(path: Repository.testdata("archives/deflated.npz"))
        let member = try #require(stored.member("ramp.npy"))
        let region = try stored.region(of: member, InputFiles())
        #expect(region.owner is MappedFile)
        let other = try deflated.region(
            of: try #require(deflated.member("ramp.npy")), InputFiles())
        #expect(other.owner is TensorStorage)
        #expect(region.bytes.count == member.byteCount)
        #expect(region.bytes.elementsEqual(other.bytes))
        #expect(stored.member("../ramp.npy") == nil)
    }

    /// The checksum of large stored contents is compared in the end.
    @Test func checksLargeStoredMembersInTheEnd() throws {
        let count = 1 << 19
        var bytes = try NPZ.write([("a", Tensor.zeros(.float32, [count]))])
        try Repository.withTemporaryFolder { folder in
            for isDamaged in [false, true] {
                if isDamaged { bytes[bytes.count / 2] ^= 1 }
                let file = folder.appending(path: "\(isDamaged).npz")
                try Data(bytes).write(to: file)
                let archive = try ZipArchive(path: file.path)
                let inputs = InputFiles()
                let region = try archive.region(of: archive.members[0], inputs)
                #expect(region.bytes.count > count * 4)
                if isDamaged {
                    #expect(throws: Problem.self) { try inputs.confirm() }
                } else {
                    try inputs.confirm()
                }
            }
        }
    }

    /// Many members that are modest each are refused together.
    @Test func refusesBombsOfManyMembers() throws {
        var bytes = [UInt8](
            try Data(contentsOf: URL(filePath: Repository.testdata("archives/deflated.npz"))))
        let signature: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
        let entries = bytes.indices.filter { bytes[$0...].starts(with: signature) }
        for entry in entries {
            bytes.replaceSubrange(entry + 24..<entry + 28, with: [0, 0, 0, 2])
        }
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "bomb.npz")
            try Data(bytes).write(to: file)
            let archive = try ZipArchive(path: file.path)
            #expect(archive.members[0].byteCount < 1 << 26)
            let problem = #expect(throws: Problem.self) {
                try archive.region(of: archive.members[0], InputFiles())
            }
            guard case .malformed("zip archive", _)? = problem?.kind else {
                Issue.record("\(String(describing: problem))")
                return
            }
        }
    }

    /// A member that claims to inflate to far more than its data can hold is refused before any memory is taken.
    @Test func refusesBombs() throws {
        var bytes = [UInt8](
            try Data(contentsOf: URL(filePath: Repository.testdata("archives/deflated.npz"))))
        let signature: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
        let entry = try #require(
            bytes.indices.first { bytes[$0...].starts(with: signature) })
        bytes.replaceSubrange(entry + 24..<entry + 28, with: [0xFE, 0xFF, 0xFF, 0x7F])
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "bomb.npz")
            try Data(bytes).write(to: file)
            let archive = try ZipArchive(path: file.path)
            #expect(archive.members[0].byteCount == 0x7FFF_FFFE)
            #expect(throws: Problem.self) {
                try archive.region(of: archive.members[0], InputFiles())
            }
        }
    }

    /// Names that lead elsewhere, or that two members have, or that the two places of a name do not share.
    @Test func refusesTricksWithNames() throws {
        let bytes = [UInt8](
            try Data(contentsOf: URL(filePath: Repository.testdata("archives/stored.npz"))))
        let read = { (bytes: [UInt8]) in
            try Repository.withTemporaryFolder { folder in
                let file = folder.appending(path: "tricks.npz")
                try Data(bytes).write(to: file)
                let archive = try ZipArchive(path: file.path)
                for member in archive.members { _ = try archive.region(of: member, InputFiles()) }
            }
        }
        try read(bytes)
        let name = Array("ramp.npy".utf8)
        let places = bytes.indices.filter { bytes[$0...].starts(with: name) }
        try #require(places.count == 2)
        let renamed = { (name: String, places: ArraySlice<Int>) in
            var copy = bytes
            for place in places {
                copy.replaceSubrange(place..<place + name.utf8.count, with: name.utf8)
            }
            return copy
        }
        for other in ["../a.npy", "/amp.npy", "a/..\\npy"] {
            #expect(throws: Problem.self, "\(other)") { try read(renamed(other, places[...])) }
        }
        #expect(throws: Problem.self) { try read(renamed("damp.npy", places.suffix(1))) }
        try read(renamed("damp.npy", places[...]))
    }
}
