import Foundations
import TestSupport
import Tensors
import Testing

@Suite struct HalfTests {
    @Test func everyBinary16SurvivesTheRoundTrip() {
        let wrong = (0...UInt16.max).filter { bits in
            let value = Half.float(fromBinary16: bits)
            if bits & 0x7FFF > 0x7C00 { return !value.isNaN }
            return Half.binary16(from: value) != bits
        }
        #expect(wrong.isEmpty)
    }

    #if arch(arm64) || os(Linux)
        @Test func everyBinary16EqualsTheHardwareType() {
            let wrong = (0...UInt16.max).filter { bits in
                let expected = Float(Float16(bitPattern: bits))
                let value = Half.float(fromBinary16: bits)
                return value.bitPattern != expected.bitPattern && !expected.isNaN
            }
            #expect(wrong.isEmpty)
        }

        @Test func roundingToBinary16EqualsTheHardwareType() {
            var random = SplitMix64(seed: 1)
            var wrong: [Float] = []
            for _ in 0..<300_000 {
                let exponent = UInt32(95 + random.below(52)) << 23
                let bits = UInt32(truncatingIfNeeded: random.next()) & 0x807F_FFFF | exponent
                let value = Float(bitPattern: bits)
                if Half.binary16(from: value) != Float16(value).bitPattern { wrong.append(value) }
            }
            #expect(wrong.isEmpty)
        }
    #endif

    @Test func binary16BordersRoundToEven() {
        #expect(Half.binary16(from: 65504) == 0x7BFF)
        #expect(Half.binary16(from: 65519.996) == 0x7BFF)
        #expect(Half.binary16(from: 65520) == 0x7C00)
        #expect(Half.binary16(from: -.infinity) == 0xFC00)
        #expect(Half.binary16(from: 0x1p-25) == 0)
        #expect(Half.binary16(from: (0x1p-25 as Float).nextUp) == 1)
        #expect(Half.binary16(from: 1 + 0x1p-11) == 0x3C00)
        #expect(Half.binary16(from: 1 + 0x3p-11) == 0x3C02)
    }

    @Test func everyBFloat16SurvivesTheRoundTrip() {
        let wrong = (0...UInt16.max).filter { bits in
            let value = Half.float(fromBFloat16: bits)
            if value.isNaN { return !Half.float(fromBFloat16: Half.bfloat16(from: value)).isNaN }
            return Half.bfloat16(from: value) != bits
        }
        #expect(wrong.isEmpty)
    }

    @Test func bfloat16RoundsTiesToEven() {
        #expect(Half.bfloat16(from: Float(bitPattern: 0x3F80_8000)) == 0x3F80)
        #expect(Half.bfloat16(from: Float(bitPattern: 0x3F81_8000)) == 0x3F82)
        #expect(Half.bfloat16(from: Float(bitPattern: 0x3F80_8001)) == 0x3F81)
        #expect(Half.bfloat16(from: .greatestFiniteMagnitude) == 0x7F80)
    }
}
