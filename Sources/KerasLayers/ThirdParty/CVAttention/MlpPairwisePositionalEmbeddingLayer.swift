import Foundations
import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `MlpPairwisePositionalEmbedding`: x plus what two dense layers make of positions.
///
/// For attention scores `[N, heads, T, T]` of the logarithms of relative positions, as 16 · σ(relu(p · W + b) · out); with
/// `use_absolute_pos` for images `[N, H, W, C]` or `[N, H · W, C]` of the positions in −1…1, without the sigmoid. Weights:
/// hidden_weight `(2, hidden)`, hidden_bias `(hidden)`, out `(hidden, heads or C)`; in the deploy mode deploy_bias `(1, …)` alone.
struct MlpPairwisePositionalEmbeddingLayer: KerasLayer {
    static let classNames = ["kecam>MlpPairwisePositionalEmbedding"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let hidden: Int
    private let height: Int
    private let width: Int
    private let scale: [Double]?
    private let isAbsolute: Bool
    private let isDeployed: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        hidden = try config.size("hidden_dim", default: 512)
        height = try config.int("attn_height", default: -1)
        width = try config.int("attn_width", default: -1)
        isAbsolute = try config.bool("use_absolute_pos", default: false)
        isDeployed = try config.bool("is_deploy_mode", default: false)
        let values = try config.optionalArray("pos_scale")?.values ?? [-1]
        scale = values == [-1] ? nil : values.count == 1 ? values + values : values
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        if isDeployed {
            let dims = try (1..<max(shape.rank, 1)).map { try shape.knownExtent($0) }
            return [WeightSpec("deploy_bias", dims: [1] + dims, isTrainable: false)]
        }
        return [
            WeightSpec("hidden_weight", dims: [2, hidden]),
            WeightSpec("hidden_bias", dims: [hidden]),
            WeightSpec("out", dims: [hidden, try shape.knownExtent(isAbsolute ? -1 : 1)]),
        ]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let bias =
            isDeployed
            ? try call.weight("deploy_bias")
            : isAbsolute
                ? try absoluteBias(builder.shape(of: x), call)
                : try relativeBias(builder.shape(of: x), call)
        return [try builder.add(x, builder.constant(bias, role: "positions"))]
    }

    /// The extents of the rectangle of a number of positions.
    private func rectangle(_ count: Int) throws -> (height: Int, width: Int) {
        let rows = height == -1 ? Int(Double(count).squareRoot()) : height
        guard rows > 0, count >= rows else { throw Problem(.invalidShape("\(count) positions")) }
        return (rows, width == -1 || isAbsolute ? count / rows : width)
    }

    private func absoluteBias(_ shape: Shape, _ call: CallContext) throws -> Constant {
        let isFlat = shape.rank == 3
        let (rows, columns) =
            isFlat
            ? try rectangle(shape.knownExtent(1))
            : (try shape.knownExtent(1), try shape.knownExtent(2))
        guard rows > 1, columns > 1 else { throw Problem(.invalidShape("an image of \(shape)")) }
        let (top, left) = (Double(rows / 2), Double(columns / 2))
        try checkList(checkedProduct(rows, columns, "the positions"), "the positions")
        let positions = (0..<rows * columns).map { place -> [Double] in
            [Double(place / columns) / top - 1, Double(place % columns) / left - 1]
        }
        let channels = try shape.knownExtent(-1)
        let values = try layers(positions, call).flatMap { $0 }
        return Constant(
            values, isFlat ? [rows * columns, channels] : [rows, columns, channels])
    }

    private func relativeBias(_ shape: Shape, _ call: CallContext) throws -> Constant {
        guard shape.rank == 4 else { throw Problem(.invalidShape("scores of shape \(shape)")) }
        let (count, heads) = (try shape.knownExtent(-2), try shape.knownExtent(1))
        let (rows, columns) = try rectangle(count)
        let divisors = scale ?? [Double(rows), Double(columns)]
        guard rows * columns <= count, divisors.count == 2, divisors.allSatisfy({ $0 != 1 }) else {
            throw Problem(.invalidShape("\(count) positions in a rectangle of \(rows)×\(columns)"))
        }
        func coordinate(_ distance: Int, _ divisor: Double) -> Double {
            let scaled = Double(distance) * 8 / (divisor - 1)
            return (scaled < 0 ? -1 : 1) * log(1 + abs(scaled)) / (log(2) * 3)
        }
        let pairs = try checkedProduct(count, count, "the pairs of positions")
        try checkList(
            checkedProduct(heads, pairs, "the pairs of positions"), "the pairs of positions")
        let across = 2 * columns - 1
        let distances = (0..<(2 * rows - 1) * across).map { place -> [Double] in
            [
                coordinate(place / across - rows + 1, divisors[0]),
                coordinate(place % across - columns + 1, divisors[1]),
            ]
        }
        let results = try layers(distances, call)
        let places = RelativePositionBias.places(height: rows, width: columns)
        let first = count - rows * columns
        let values = (0..<heads).flatMap { head in
            (0..<count).flatMap { query in
                (0..<count).map { key -> Double in
                    guard query >= first, key >= first else { return 0 }
                    return 16 / (1 + exp(-results[places[query - first][key - first]][head]))
                }
            }
        }
        return Constant(values, [heads, count, count])
    }

    /// relu(p · W + b) · out for each position.
    private func layers(_ positions: [[Double]], _ call: CallContext) throws -> [[Double]] {
        let weight = try call.weight("hidden_weight").doubles()
        let bias = try call.weight("hidden_bias").doubles()
        let stored = try call.weight("out")
        let (out, count) = (stored.doubles(), stored.shape[1])
        return positions.map { position in
            var sums = [Double](repeating: 0, count: count)
            for unit in 0..<hidden {
                let value =
                    position[0] * weight[unit] + position[1] * weight[hidden + unit] + bias[unit]
                guard value > 0 else { continue }
                for index in 0..<count { sums[index] += value * out[unit * count + index] }
            }
            return sums
        }
    }
}
