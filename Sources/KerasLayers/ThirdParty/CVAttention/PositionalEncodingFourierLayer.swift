import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `PositionalEncodingFourier`: images `[N, H, W, C]` plus a projection of sines and cosines of the rows and columns.
///
/// Weights: ww `(2 · filters, C)`, bb `(C)`.
struct PositionalEncodingFourierLayer: CompositeLayer {
    static let classNames = ["kecam/edgenext>PositionalEncodingFourier"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    let context: LayerContext
    private let filters: Int
    private let temperature: Double

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        filters = try config.size("filters", default: 32)
        temperature = try config.double("temperature", default: 1e4)
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 4)
        let shape = builder.shape(of: x)
        let (height, width) = (try shape.knownExtent(1), try shape.knownExtent(2))
        let channels = try shape.knownExtent(3)
        let kernel = try call.weight("ww", dims: [2 * filters, channels], isTrainable: true)
        let bias = try call.weight("bb", dims: [channels], isTrainable: true)
        let count = try checkedProduct(height, width, "the positions")
        try checkList(
            checkedProduct(count, 2 * filters, "the positions"), "the positions")
        let table = (0..<height).flatMap { row in
            (0..<width).flatMap { column in
                waves(row, of: height) + waves(column, of: width)
            }
        }
        let positions = builder.constant(
            Constant(table, [height, width, 2 * filters]), role: "positions")
        return [try builder.add(x, call.scope.dense(positions, kernel: kernel, bias: bias))]
    }

    /// The sines of even and the cosines of odd elements for one position of an axis.
    private func waves(_ index: Int, of count: Int) -> [Double] {
        let angle = Double(index + 1) / (Double(count) + 1e-6) * 2 * .pi
        return (0..<filters).map { filter in
            let own = angle / pow(temperature, 2 * Double(filter / 2) / Double(filters))
            return filter % 2 == 0 ? sin(own) : cos(own)
        }
    }
}
