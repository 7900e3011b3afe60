import Kernels
import Tensors
import Testing

@Suite struct CastTests {
    private func cast<From: BitwiseCopyable, To: BitwiseCopyable>(
        _ values: [From], _ from: DType, _ to: DType, _ zero: To
    ) -> [To] {
        var result = [To](repeating: zero, count: values.count)
        #expect(
            ReferenceKernels.cast(
                from: from, to: to, count: values.count, input: values, output: &result))
        return result
    }

    @Test func floatsTruncateAndSaturate() {
        let x: [Float] = [1.9, -1.9, 300.7, -300.7, .nan, .infinity, 0.5]
        #expect(cast(x, .float32, .int8, Int8(0)) == [1, -1, 127, -128, 0, 127, 0])
        #expect(cast(x, .float32, .uint8, UInt8(0)) == [1, 0, 255, 0, 0, 255, 0])
        #expect(cast(x, .float32, .bool, UInt8(0)) == [1, 1, 1, 1, 1, 1, 1])
        #expect(cast([-1e30, 1e10] as [Double], .float64, .int32, Int32(0)) == [.min, .max])
    }

    @Test func integersKeepTheirLowBits() {
        #expect(cast([300, -1] as [Int32], .int32, .uint8, UInt8(0)) == [44, 255])
        #expect(cast([-1] as [Int8], .int8, .int64, Int64(0)) == [-1])
        #expect(cast([Int64.max] as [Int64], .int64, .float32, Float(0)) == [0x1p63])
        #expect(cast([UInt64.max] as [UInt64], .uint64, .int64, Int64(0)) == [-1])
        #expect(cast([0, 2] as [UInt8], .bool, .float32, Float(9)) == [0, 1])
    }

    @Test func halfFormatsRoundToEven() {
        let x: [Float] = [1, -2.5, 1 + 0x1p-9, 1 + 3 * 0x1p-9]
        let brain = cast(x, .float32, .bfloat16, UInt16(0))
        #expect(cast(brain, .bfloat16, .float32, Float(0)) == [1, -2.5, 1, 1 + 0x1p-7])
        let half = cast(x, .float32, .float16, UInt16(0))
        #expect(cast(half, .float16, .float32, Float(0)) == x)
    }

    @Test func stringsAreRefused() {
        var result: Float = 0
        #expect(
            !ReferenceKernels.cast(
                from: .string, to: .float32, count: 0, input: [UInt8](), output: &result))
    }
}
