import Foundations
import TestSupport
import Tensors
import Testing

@Suite struct StoredConstantTests {
    private func bytes(_ stored: StoredConstant) -> [UInt8] {
        var result = [UInt8](repeating: 0xAA, count: stored.byteCount)
        result.withUnsafeMutableBytes { stored.fill($0, fromUnit: 0) }
        return result
    }

    @Test func integersRoundHalvesAwayFromZeroAndStayInRange() {
        let parameters = QuantizationParameters(scale: 0.5, zeroPoint: 3)
        let stored = Constant([0, 0.25, -0.25, 0.24, 1, -1.75, 1000, -1000, .nan], [9])
            .stored(as: .integer(bits: 8, isSigned: true, parameters))
        #expect(bytes(stored).map { Int8(bitPattern: $0) } == [3, 4, 2, 3, 5, -1, 127, -128, 0])
        #expect(
            stored.tensor().array(of: Float.self)
                == [0, 0.5, -0.5, 0, 1, -2, 62, -65.5, -1.5])
    }

    /// Floats of all sizes, of a view in another order and with factors too.
    @Test func halvesAreTheNearestOnes() {
        var random = SplitMix64(seed: 3)
        var values: [Float] = [
            0, -0, 65504, 65520, -1e9, .infinity, .nan, 0x1p-14, 0x1p-24, 0x1p-25,
        ]
        for _ in 0..<40_000 {
            let exponent = UInt32(95 + random.below(52)) << 23
            let bits = UInt32(truncatingIfNeeded: random.next()) & 0x807F_FFFF | exponent
            values.append(Float(bitPattern: bits))
        }
        let dense = Constant(Tensor(values, [values.count / 10, 10]))
        let views = [
            dense, dense.permuted([1, 0]),
            dense.scaled(by: (0..<10).map { Double($0) * 0.3 - 1 }, axis: 1),
        ]
        for view in views {
            let stored = view.stored(as: .float16)
            let expected = view.tensor().array(of: Float.self).map { value in
                Half.binary16(from: value.isNaN ? value : min(max(value, -65504), 65504))
            }
            let found: [UInt16] = stored.elements()
            #expect(found == expected)
        }
    }

    /// Bounds hold whatever the order of the elements, and are exact without factors.
    @Test func magnitudesHaveBounds() throws {
        let values = (0..<210).map { Float($0 * 37 % 211) - 150 }
        let dense = Constant(Tensor(values, [2, 21, 5]))
        for view in [dense, dense.permuted([2, 0, 1])] {
            #expect(view.magnitudeBounds == 150...150)
            let factors = (0..<view.shape.dims[0]).map { 0.5 + Double($0) }
            let scaled = view.scaled(by: factors, axis: 0)
            let extremes = scaled.extremes()[0]
            let bounds = try #require(scaled.magnitudeBounds)
            #expect(bounds.contains(max(-extremes.low, extremes.high)))
            #expect(bounds == 75...150 * (factors.max() ?? 1))
        }
        #expect(dense.sliced(1..<4, axis: 1).magnitudeBounds == nil)
    }

    @Test func slicesHaveScalesOfTheirOwn() {
        let parameters = QuantizationParameters(scales: [1, 0.1], zeroPoints: [0, -10], axis: 1)
        let stored = Constant([1, 2, 1, 2, -7, -7, -0.7, -0.7], [2, 2, 2])
            .stored(as: .integer(bits: 16, isSigned: true, parameters))
        let elements = bytes(stored).withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
        #expect(elements == [1, 2, 0, 10, -7, -7, -17, -17])
        let halves = stride(from: 0, to: 16, by: 8).map { row in
            var part = [UInt8](repeating: 0, count: 8)
            part.withUnsafeMutableBytes { stored.fill($0, fromUnit: row / 8) }
            return part
        }
        #expect(halves.flatMap { $0 } == bytes(stored))
    }

    @Test func twoNarrowIntegersShareAByte() {
        let parameters = QuantizationParameters(scale: 1)
        let even = Constant([1.0, -2, 7, -9, 0, 3, -7, 20], [2, 4])
            .stored(as: .integer(bits: 4, isSigned: true, parameters))
        #expect(bytes(even) == [0xE1, 0x97, 0x30, 0x79])
        #expect(even.tensor().array(of: Float.self) == [1, -2, 7, -7, 0, 3, -7, 7])
        var row = [UInt8](repeating: 0, count: even.unitByteCount)
        row.withUnsafeMutableBytes { even.fill($0, fromUnit: 1) }
        #expect(row == [0x30, 0x79])
        let odd = Constant([1.0, -2, 7, -9, 0, 3, -7, 20, 5], [3, 3])
            .stored(as: .integer(bits: 4, isSigned: true, parameters))
        #expect(odd.unitByteCount == 5)
        #expect(bytes(odd) == [0xE1, 0x97, 0x30, 0x79, 0x05])
    }

    @Test func blocksOfARowHaveScalesOfTheirOwn() {
        let parameters = QuantizationParameters(blockScales: [1, 2, 0.5, 4], length: 2)
        let storage = Storage.integer(bits: 4, isSigned: true, parameters)
        let stored = Constant([3, 4, 4, -14, 1, -0.5, 8, 13], [2, 4]).stored(as: storage)
        #expect(bytes(stored) == [0x43, 0x92, 0xF2, 0x32])
        #expect(stored.tensor().array(of: Float.self) == [3, 4, 4, -14, 1, -0.5, 8, 12])
        #expect(storage.fault(of: .float32, [2, 4]) == nil)
        #expect(storage.fault(of: .float32, [4, 2]) == nil)
        #expect(storage.fault(of: .float32, [8]) != nil)
        #expect(storage.fault(of: .float32, [3, 4]) != nil)
    }

    @Test func halvesRoundToEvenAndAreLimited() {
        let stored = Constant([1 + 0x1p-11, 1 + 0x3p-11, 70_000, -1e9, 0x1p-25, .nan], [6])
            .stored(as: .float16)
        let values = stored.tensor().array(of: Float.self)
        #expect(values.dropLast() == [1, 1 + 0x1p-9, 65504, -65504, 0])
        #expect(values[5].isNaN)
        let bits = bytes(stored).withUnsafeBytes { Array($0.bindMemory(to: UInt16.self)) }
        #expect(bits.dropLast() == [0x3C00, 0x3C02, 0x7BFF, 0xFBFF, 0])
    }

    @Test func roundingComesAfterFactorsAndPermutations() {
        let parameters = QuantizationParameters(scales: [1, 1, 1], zeroPoints: [0, 0, 0], axis: 0)
        let stored = Constant([0.4, 1, 2, 3, 4, 5], [2, 3])
            .scaled(by: [2, 10], axis: 0).permuted([1, 0])
            .stored(as: .integer(bits: 8, isSigned: true, parameters))
        #expect(stored.tensor().array(of: Float.self) == [1, 30, 2, 40, 4, 50])
    }

    @Test func faultsOfStorages() {
        func fault(_ parameters: QuantizationParameters, bits: Int = 8) -> String? {
            Storage.integer(bits: bits, isSigned: true, parameters).fault(of: .float32, [2, 3])
        }
        let two = QuantizationParameters(scales: [1, 2], zeroPoints: [0, 0], axis: 0)
        #expect(fault(two) == nil)
        #expect(fault(two, bits: 7) != nil)
        #expect(fault(QuantizationParameters(scale: 0)) != nil)
        #expect(fault(QuantizationParameters(scale: .infinity)) != nil)
        #expect(fault(QuantizationParameters(scale: 1, zeroPoint: 128)) != nil)
        #expect(fault(QuantizationParameters(scales: [1, 2], zeroPoints: [0, 0], axis: 1)) != nil)
        #expect(fault(QuantizationParameters(scales: [1, 2], zeroPoints: [0], axis: 0)) != nil)
        #expect(Storage.float16.fault(of: .int32, [2]) != nil)
        #expect(Storage.expressed.fault(of: .int32, [2]) == nil)
    }
}
