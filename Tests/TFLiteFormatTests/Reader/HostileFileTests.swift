import Foundations
import Problems
import TFLiteFormat
import TestSupport
import Testing

@Suite struct HostileFileTests {
    /// Reads `bytes` and, where that succeeds, everything in the model.
    private func survive(_ bytes: [UInt8]) -> Bool {
        do {
            let model = try TFLiteReader.read(bytes)
            for buffer in model.buffers { _ = try buffer.source?.bytes() }
            return true
        } catch {
            #expect(error is Problem)
            return false
        }
    }

    @Test(arguments: [Int.max, 0]) func everyBeginningIsRefusedOrRead(largest: Int) throws {
        let bytes = try TFLiteWriter.bytes(of: smallModel(), largestFlatBuffer: largest)
        for length in 0...bytes.count - 48 {
            #expect(!survive(Array(bytes.prefix(length))))
        }
        for length in bytes.count - 48...bytes.count { _ = survive(Array(bytes.prefix(length))) }
    }

    @Test func everyByteMayBeAnything() throws {
        let bytes = try TFLiteWriter.bytes(of: smallModel())
        for position in bytes.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF, bytes[position] ^ 1, bytes[position] &+ 4]
            {
                var copy = bytes
                copy[position] = value
                _ = survive(copy)
            }
        }
    }

    @Test(arguments: [Int.max, 0]) func randomDamageIsSurvived(largest: Int) throws {
        let small = try TFLiteWriter.bytes(of: smallModel(), largestFlatBuffer: largest)
        Damage.mutate(small, count: 20_000, seed: 1) { _ = survive($0) }
        let bytes = try TFLiteWriter.bytes(of: try randomModel(seed: 9), largestFlatBuffer: largest)
        Damage.mutate(bytes, count: 300, seed: 2) { _ = survive($0) }
        Damage.truncate(bytes, count: 100) { _ = survive($0) }
    }

    @Test func noiseIsSurvived() {
        var generator = SplitMix64(seed: 3)
        for length in 0..<2000 {
            var bytes = (0..<length).map { _ in UInt8.random(in: 0...40, using: &generator) }
            if length >= 8 {
                bytes.replaceSubrange(0..<8, with: [8, 0, 0, 0, 0x54, 0x46, 0x4C, 0x33])
            }
            _ = survive(bytes)
        }
    }

    /// A model with `count` references to one subgraph that has as many references to one tensor.
    private func sharingFile(_ count: Int) -> [UInt8] {
        var words: [UInt32] = [0, 0x334C_4654]
        func pair(_ low: Int, _ high: Int) -> UInt32 { UInt32(low) | UInt32(high) << 16 }
        let position = { words.count * 4 }
        func table(_ slots: [Int], fields: [UInt32]) -> Int {
            let vtable = position()
            var halves = [4 + 2 * slots.count, 4 + 4 * fields.count] + slots
            if halves.count % 2 == 1 { halves.append(0) }
            for index in stride(from: 0, to: halves.count, by: 2) {
                words.append(pair(halves[index], halves[index + 1]))
            }
            let table = position()
            words.append(UInt32(table - vtable))
            words += fields
            return table
        }
        // Tables come first with their vector right behind; the vectors refer forwards.
        words[0] = UInt32(table([4, 0, 8], fields: [3, 4]))
        words.append(UInt32(count))
        let subgraphs = words.count
        words += [UInt32](repeating: 0, count: count)
        let subgraph = table([4], fields: [4])
        words.append(UInt32(count))
        let tensors = words.count
        words += [UInt32](repeating: 0, count: count)
        let tensor = table([], fields: [])
        for index in 0..<count {
            words[subgraphs + index] = UInt32(subgraph - (subgraphs + index) * 4)
            words[tensors + index] = UInt32(tensor - (tensors + index) * 4)
        }
        return words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
    }

    @Test func sharedTablesCannotMultiplyMemory() throws {
        func reason(_ bytes: [UInt8]) -> String? {
            do {
                _ = try TFLiteReader.read(bytes)
            } catch let problem as Problem {
                if case .malformed(_, let reason) = problem.kind { return reason }
            } catch {}
            return nil
        }
        #expect(reason(sharingFile(2)) == "there is no buffer")
        #expect(reason(sharingFile(5000)) == "its tables are shared too often")
    }

    @Test func otherFilesAreNotTakenForModels() {
        #expect(throws: Problem(.truncated(what: "the TFLite file"))) {
            _ = try TFLiteReader.read([1, 2, 3])
        }
        #expect(
            throws: Problem(
                .malformed(what: "TFLite file", reason: "bytes 4 to 7 are not TFL3"))
        ) {
            _ = try TFLiteReader.read([UInt8](repeating: 0x20, count: 100))
        }
    }

    @Test func codesBelow128MayStandInEitherField() throws {
        var model = smallModel()
        model.operatorCodes = [TFLiteOperatorCode(.conv3D), TFLiteOperatorCode(.cumsum)]
        let bytes = try TFLiteWriter.bytes(of: model)
        #expect(try TFLiteReader.read(bytes).operatorCodes == model.operatorCodes)
        // The 8-bit field of code 132 is 127; the table holds the 32-bit field first.
        #expect(bytes.firstRange(of: [132, 0, 0, 0, 127]) != nil)
        model.operatorCodes = [TFLiteOperatorCode(.relu6)]
        var old = try TFLiteWriter.bytes(of: model)
        let field = try #require(old.firstRange(of: [21, 0, 0, 0, 21]))
        old[field.lowerBound] = 0
        #expect(try TFLiteReader.read(old).operatorCodes == model.operatorCodes)
    }
}
