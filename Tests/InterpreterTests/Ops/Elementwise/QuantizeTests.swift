import Interpreter
import TFLiteFormat
import Tensors
import Testing

/// QUANTIZE rounds to the nearest step, halves away from zero, and limits to the type; DEQUANTIZE gives the steps back.
struct QuantizeTests {
    private func quantized(
        _ x: [Float], _ shape: Shape, to type: TFLiteTensorType, scale: [Float], zeroPoint: [Int64],
        axis: Int = 0
    ) throws -> (steps: [Double], values: [Double]) {
        var builder = ModelBuilder()
        let input = builder.input(shape, name: "x")
        let steps = builder.tensor(shape, type)
        builder.graph[steps].quantization = TFLiteQuantization(
            scale: scale, zeroPoint: zeroPoint, quantizedDimension: axis)
        let widened = builder.tensor(shape)
        builder.add(.quantize, [input], [steps])
        builder.add(.dequantize, [steps], [widened])
        let results = try builder.load(outputs: [steps, widened]).makeSession()
            .run([LiteTensor(x, shape: shape.dims)])
        return (
            Constant(results[0].tensor).doubles(), Constant(results[1].tensor).doubles()
        )
    }

    @Test func bytesWithAZeroPoint() throws {
        let x: [Float] = [0, 0.25, -0.25, 0.75, 1.3, -70, 70]
        let result = try quantized(x, [7], to: .int8, scale: [0.5], zeroPoint: [3])
        #expect(result.steps == [3, 4, 2, 5, 6, -128, 127])
        #expect(result.values == [0, 0.5, -0.5, 1, 1.5, -65.5, 62])
    }

    @Test func unsignedBytes() throws {
        let result = try quantized(
            [-1, 0, 0.1, 2, 1000], [5], to: .uint8, scale: [0.25], zeroPoint: [128])
        #expect(result.steps == [124, 128, 128, 136, 255])
    }

    @Test func sixteenBits() throws {
        let result = try quantized(
            [-4, 0.5, 1e6], [3], to: .int16, scale: [0.001], zeroPoint: [0])
        #expect(result.steps == [-4000, 500, 32767])
    }

    @Test func oneScaleForEachChannel() throws {
        let result = try quantized(
            [1, 1, 1, -2, -2, -2], [2, 3], to: .int8, scale: [1, 0.5, 0.25],
            zeroPoint: [0, 1, 0], axis: 1)
        #expect(result.steps == [1, 3, 4, -2, -3, -8])
        #expect(result.values == [1, 1, 1, -2, -2, -2])
    }
}
