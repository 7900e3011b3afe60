import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `Normalization`: (x − mean) / max(√variance, 10⁻⁷) with stored statistics of the kept axes, or its inverse.
///
/// Weights if the configuration holds no statistics: mean, variance, count.
struct NormalizationLayer: KerasLayer {
    static let classNames = ["Normalization"]

    static let support = LayerSupport(.keras2 ... .keras3)

    let axes: [Int]
    let statistics: (mean: NumberArray, variance: NumberArray)?
    let inverts: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        let isForAll = config.object["axis"]?.isNull == true
        axes = isForAll ? [] : try config.axes("axis", default: [-1])
        statistics =
            config.has("mean")
            ? (try config.array("mean"), try config.array("variance")) : nil
        inverts = try config.bool("invert", default: false)
    }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        guard statistics == nil else { return [] }
        let shape = try inputs.only().shape
        let extents = try shape.checkedAxes(axes).map { try shape.knownExtent($0) }
        return [
            WeightSpec("mean", dims: extents, isTrainable: false),
            WeightSpec("variance", dims: extents, isTrainable: false),
            WeightSpec("count", dims: [], elementType: .int64, isTrainable: false),
        ]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let axes = try shape.checkedAxes(axes)
        let mean = try aligned(statistics?.mean.constant ?? call.weight("mean"), axes, shape)
        let variance = try aligned(
            statistics?.variance.constant ?? call.weight("variance"), axes, shape)
        guard variance.shape.elementCount < 1 << 28 else {
            throw Problem(.tooLarge(what: "the variance", value: "\(variance.shape)"))
        }
        let deviations = variance.doubles().map { max($0.squareRoot(), 1e-7) }
        let shift = builder.constant(mean, role: "mean")
        if inverts {
            let factor = builder.constant(
                Constant(deviations, variance.shape), role: "standard_deviation")
            return [try builder.add(builder.multiply(x, factor), shift)]
        }
        let factor = builder.constant(
            Constant(deviations.map { 1 / $0 }, variance.shape), role: "scale")
        return [try builder.multiply(builder.subtract(x, shift), factor)]
    }

    /// A statistic with the extents of the axes, shaped so that it broadcasts to the input.
    ///
    /// The configuration may hold one number for all, or the whole shape with extents of 1.
    private func aligned(_ value: Constant, _ axes: [Int], _ shape: Shape) throws -> Constant {
        if value.shape.elementCount == 1 { return value.reshaped([]) }
        let extents = axes.map { shape.dims[$0] }
        let isWhole = value.shape.dims.filter { $0 != 1 } == extents.filter { $0 != 1 }
        guard isWhole, value.shape.elementCount > 0 else {
            throw Problem(
                .invalidField(
                    "mean or variance", value: "shape \(value.shape)",
                    expected: "shape \(Shape(extents))"))
        }
        return value.reshaped(Shape(extents)).aligned(to: axes, rank: shape.rank)
    }
}
