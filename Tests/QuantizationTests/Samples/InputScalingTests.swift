import GraphIR
import Quantization
import Tensors
import Testing

private struct Rows: SampleSource {
    let range: ClosedRange<Float>
    let count = 3

    func inputs(_ index: Int) -> [Tensor] {
        [Tensor([range.lowerBound, range.upperBound, range.lowerBound, range.upperBound], [1, 4])]
    }
}

/// A model that makes pixels of 0 to 255 numbers of −1 to 1, and then maybe more.
private func model(_ scale: Double) throws -> Graph {
    let builder = GraphBuilder(name: "net")
    let x = builder.input(TensorType(.float32, [1, 4]), name: "pixels")
    let factor = builder.constant(Constant([scale], [1]), role: "scale")
    let offset = builder.constant(Constant([-1.0], [1]), role: "offset")
    let scaled = try builder.add(.binary(Binary(.multiply)), [x, factor])
    builder.output(try builder.add(.binary(Binary(.add)), [scaled, offset]), name: "y")
    return builder.graph
}

private let cases: [(Double, ClosedRange<Float>, Bool)] = [
    (1 / 127.5, 0...1, true), (1 / 127.5, 0...255, false), (1, 0...255, true), (1, -1...1, false),
]

@Test(arguments: cases)
func samplesOfAnotherScaleAreRemarked(
    scale: Double, range: ClosedRange<Float>, isRemarked: Bool
) throws {
    let remarks = try InputScaling.remarks(on: Rows(range: range), for: model(scale))
    #expect(remarks.count == (isRemarked ? 1 : 0))
    #expect(remarks.allSatisfy { $0.contains("'pixels'") })
}

private struct Columns: SampleSource {
    let count = 4

    func inputs(_ index: Int) -> [Tensor] {
        [Tensor([Float(index), Float(index) * 20_000, Float(index) / 10, 1], [1, 4])]
    }
}

/// Columns of very different sizes are judged by what the model makes of each.
@Test func columnsHaveScalesOfTheirOwn() throws {
    let builder = GraphBuilder(name: "net")
    let x = builder.input(TensorType(.float32, [1, 4]), name: "table")
    let deviations = builder.constant(Constant([1, 20_000, 0.1, 1], [4]), role: "deviations")
    builder.output(try builder.add(.binary(Binary(.divide)), [x, deviations]), name: "y")
    #expect(try InputScaling.remarks(on: Columns(), for: builder.graph).isEmpty)
}
