import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `Discretization`: the number of boundaries that a value reaches, as an index or encoded.
///
/// Weights: of a layer that was adapted, which Keras 2 stores without its boundaries, the summary `(2, bins)` of the data:
/// values in order and how much data each stands for.
struct DiscretizationLayer: KerasLayer {
    static let classNames = ["Discretization"]

    static let support = LayerSupport(.keras2 ... .keras3, "with given or adapted boundaries")

    /// The boundaries; nil if they follow from the weights.
    let boundaries: [Double]?
    /// How many bins an adapted layer has.
    let binCount: Int
    let output: CategoryOutput
    let givesInt64: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        let isGiven = config.has("bin_boundaries")
        binCount = try config.optionalInt("num_bins") ?? 0
        guard isGiven || binCount > 1 && context.generation == .keras2 else {
            throw Problem(
                .unsupported(
                    what: "the file holds no bin boundaries",
                    remedy: "Adapt the layer, or give it bin_boundaries, and save again."))
        }
        boundaries = isGiven ? try config.array("bin_boundaries").values : nil
        output = try config.choice("output_mode", default: .int)
        givesInt64 = context.version.discretizesToInt64
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        boundaries == nil
            ? [WeightSpec("summary", dims: [2, Shape.free], isTrainable: false)] : []
    }

    /// The boundaries that divide the data of a summary into bins of about equal counts.
    ///
    /// - Throws: `Problem.Kind.overBudget` if there are too many bins.
    private func boundaries(of summary: Constant) throws -> [Double] {
        try checkList(binCount, "the boundaries of bins")
        let columns = summary.shape[1]
        // In the run that asks for weights there are no data.
        guard columns > 0, columns != Shape.free else {
            return (1..<binCount).map(Double.init)
        }
        let numbers = summary.doubles()
        let values = Array(numbers[..<columns])
        let share = 1 / Double(binCount)
        guard Double(columns) * share >= 1 else { return Array(values.dropLast()) }
        var total = 0.0
        let sums = numbers[columns...].map { weight in
            total += weight
            return total
        }
        let steps = Int((1 / share).rounded(.up))
        return (0..<steps - 1).map { step in
            interpolated(values, over: sums.map { $0 / total }, at: share + Double(step) * share)
        }
    }

    /// The value of a polyline at x, constant before its first and after its last point.
    private func interpolated(_ values: [Double], over points: [Double], at x: Double) -> Double {
        guard let next = points.firstIndex(where: { $0 > x }) else {
            return values[values.count - 1]
        }
        guard next > 0 else { return values[0] }
        let part = (x - points[next - 1]) / (points[next] - points[next - 1])
        return values[next - 1] + part * (values[next] - values[next - 1])
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let rank = builder.shape(of: x).rank
        let boundaries = try boundaries ?? boundaries(of: call.weight("summary"))
        guard !boundaries.isEmpty else {
            throw Problem(.invalidField("bin_boundaries", value: "[]", expected: "numbers"))
        }
        let bounds = builder.constant(
            Constant(boundaries, [boundaries.count]), role: "boundaries")
        let reached = try builder.binary(
            .greaterEqual, builder.expandDimension(x, at: rank), bounds)
        let count = try builder.reduce(.sum, builder.cast(reached, to: .float32), axes: [rank])
        var index = try builder.cast(count, to: .int32)
        if output == .int, givesInt64 { index = try builder.cast(index, to: .int64) }
        return [try output.encode(index, depth: boundaries.count + 1, in: builder)]
    }
}
