import Foundations
import Archives
import Foundation
import Problems
import TestSupport
import Tensors
import Testing

import Images

/// PNG and JPEG files against what Pillow reads from them; damaged ones are refused and never end the process.
@Suite struct ImageTests {
    private static let names = [
        "color.png", "color.jpg", "gray.jpg", "opacity.png", "palette.png", "deep.png",
    ]

    private func path(_ name: String) -> String { Repository.testdata("images/\(name)") }

    private func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path(name))))
    }

    /// Red, green and blue of an image, row by row.
    private func pixels(_ name: String) throws -> [UInt8] {
        let arrays = try NPZ.read(path: path("pixels.npz"))
        let array = try #require(arrays.first { $0.name == name }?.array)
        return Constant(array).doubles().map { UInt8($0) }
    }

    /// The problem of reading these bytes; nil if they are an image.
    private func problem(_ bytes: [UInt8]) throws -> Problem? {
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "image")
            try Data(bytes).write(to: file)
            do {
                let image = try Image(contentsOf: file.path, channels: 3)
                #expect(image.pixels.count == image.height * image.width * 3)
                return nil
            } catch let problem as Problem {
                #expect(problem.file == file.path)
                return problem
            }
        }
    }

    @Test(arguments: names)
    func colors(name: String) throws {
        let image = try Image(contentsOf: path(name), channels: 3)
        #expect(image.height == 6 && image.width == 7)
        #expect(try image.pixels == pixels(name))
    }

    @Test(arguments: names)
    func luminance(name: String) throws {
        let colors = try pixels(name)
        let expected = stride(from: 0, to: colors.count, by: 3).map { start in
            0.299 * Double(colors[start]) + 0.587 * Double(colors[start + 1])
                + 0.114 * Double(colors[start + 2])
        }
        let image = try Image(contentsOf: path(name), channels: 1)
        #expect(image.pixels.count == 42)
        #expect(zip(image.pixels, expected).allSatisfy { abs(Double($0) - $1) <= 0.51 })
    }

    @Test func opacity() throws {
        let image = try Image(contentsOf: path("opacity.png"), channels: 4)
        let expected = (0..<6).flatMap { row in
            (0..<7).map { (row + $0) % 3 == 0 ? 90 : 255 as UInt8 }
        }
        #expect(stride(from: 3, to: image.pixels.count, by: 4).map { image.pixels[$0] } == expected)
        let opaque = try Image(contentsOf: path("color.jpg"), channels: 4)
        #expect(
            stride(from: 3, to: opaque.pixels.count, by: 4).allSatisfy { opaque.pixels[$0] == 255 })
    }

    @Test func otherFilesAreNoImages() throws {
        for content in [[], [0x89], Array("BM......".utf8), [0xFF, 0xD9]] as [[UInt8]] {
            guard case .malformed? = try problem(content)?.kind else {
                Issue.record("\(content) was read")
                continue
            }
        }
        let missing = #expect(throws: Problem.self) {
            try Image(contentsOf: "/nowhere/x.png", channels: 3)
        }
        guard case .fileAccess? = missing?.kind else {
            Issue.record("\(String(describing: missing))")
            return
        }
    }

    @Test(arguments: ["color.png", "color.jpg", "palette.png"])
    func beginningsAreRefused(name: String) throws {
        let bytes = try bytes(name)
        for length in [2, 8, 20, 30] {
            #expect(try problem(Array(bytes.prefix(length))) != nil, "\(length)")
        }
        try Damage.truncate(bytes, count: 60) { _ = try problem($0) }
    }

    @Test(arguments: names)
    func damageEndsNothing(name: String) throws {
        try Damage.mutate(bytes(name), count: 200) { _ = try problem($0) }
    }

    @Test func sizesAreLimited() throws {
        var bytes = try bytes("color.png")
        // Width and height of the header, and its check sum.
        for (offset, value) in [(16, 0x0001_0000 as UInt32), (20, 0x0001_0000)] {
            bytes.replaceSubrange(offset..<offset + 4, with: bigEndian(value))
        }
        bytes.replaceSubrange(29..<33, with: bigEndian(checkSum(bytes[12..<29])))
        guard case .tooLarge? = try problem(bytes)?.kind else {
            Issue.record("\(String(describing: try problem(bytes)))")
            return
        }
    }

    private func bigEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    /// The cyclic redundancy check of a PNG chunk.
    private func checkSum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in
                rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1
            }
        }
    }

    /// The size in the header is held against the budget before anything is unpacked.
    @Test func largeImagesTakeMemoryFromTheBudget() throws {
        func number(_ value: UInt32) -> [UInt8] {
            (0..<4).map { UInt8(value >> (24 - 8 * $0) & 0xFF) }
        }
        // Signature and header: 11000 × 11000 pixels of one bit.
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let header = Array("IHDR".utf8) + number(11_000) + number(11_000) + [1, 0, 0, 0, 0]
        bytes += number(13) + header + number(checksum(header))
        bytes += number(0) + Array("IDAT".utf8) + number(checksum(Array("IDAT".utf8)))
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "bomb.png").path
            try Data(bytes).write(to: URL(filePath: file))
            let problem = #expect(throws: Problem.self) {
                try ResourceBudget(.init(bytes: 1 << 30)).apply {
                    try Image(contentsOf: file, channels: 3)
                }
            }
            guard case .overBudget(.memory, _)? = problem?.kind else {
                Issue.record("\(String(describing: problem))")
                return
            }
            #expect(problem?.file == file)
        }
    }

    /// The CRC-32 of PNG.
    private func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
                sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
            }
        }
    }
}
