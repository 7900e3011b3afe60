import Interpreter
import TFLiteFormat
import Tensors
import Testing

/// Files of few bytes whose operators compute for hours are refused before they begin.
struct OperatorStepsTests {
    /// A product of two matrices that are filled with the input.
    private func product(of extent: Int32) throws -> LiteModel {
        var builder = ModelBuilder()
        let x = builder.input([], name: "x")
        let size = Int(extent)
        let (a, y) = (builder.tensor([size, size]), builder.tensor([size, size]))
        builder.add(.fill, [builder.integers([extent, extent]), x], [a])
        builder.add(.batchMatMul, [a, a], [y], BatchMatMulOptions())
        return try builder.load(outputs: [y])
    }

    private var limits: ResourceLimits {
        var limits = ResourceLimits()
        limits.steps = 100_000_000
        return limits
    }

    @Test func productsAreDrawnFromTheBudget() throws {
        let session = try product(of: 2048).makeSession()
        let error = #expect(throws: LiteModelError.self) {
            try limits.apply { _ = try session.run([LiteTensor([Float(1)], shape: [])]) }
        }
        #expect(error?.description.contains("ResourceLimits.steps") == true)
    }

    @Test func eachRunHasTheWholeBudget() throws {
        let session = try product(of: 512).makeSession()
        for _ in 0..<20 {
            let result = try limits.apply {
                try session.run([LiteTensor([Float(1)], shape: [])])
            }
            #expect(try result[0].values(of: Float.self).first == 512)
        }
        try limits.apply {
            for _ in 0..<20 { _ = try session.run([LiteTensor([Float(1)], shape: [])]) }
        }
    }

    /// Windows are looked at element by element.
    @Test func windowsAreDrawnFromTheBudget() throws {
        var builder = ModelBuilder()
        let x = builder.input([1, 256, 256, 1], name: "x")
        let y = builder.tensor([1, 256, 256, 1])
        builder.add(
            .averagePool2D, [x], [y],
            Pool2DOptions(
                padding: .same, strideWidth: 1, strideHeight: 1, filterWidth: 255,
                filterHeight: 255))
        let session = try builder.load(outputs: [y]).makeSession()
        let values = try LiteTensor([Float](repeating: 1, count: 1 << 16), shape: [1, 256, 256, 1])
        #expect(throws: LiteModelError.self) { try limits.apply { _ = try session.run([values]) } }
    }

    /// Constants are computed when the file is loaded.
    @Test func constantsAreDrawnFromTheBudget() throws {
        var builder = ModelBuilder()
        let x = builder.input([1], name: "x")
        let a = builder.constant(Tensor([Float](repeating: 1, count: 1 << 20), [1024, 1024]))
        let (b, y) = (builder.tensor([1024, 1024]), builder.tensor([1024, 1024]))
        builder.add(.batchMatMul, [a, a], [b], BatchMatMulOptions())
        builder.add(.add, [b, x], [y], AddOptions())
        let bytes = try builder.bytes(outputs: [y])
        var limits = limits
        limits.steps = 50_000_000
        #expect(throws: LiteModelError.self) {
            try limits.apply { _ = try LiteModel(bytes: bytes) }
        }
        _ = try LiteModel(bytes: bytes)
    }
}
