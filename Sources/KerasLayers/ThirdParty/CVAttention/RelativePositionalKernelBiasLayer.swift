import Foundations
import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `MultiHeadRelativePositionalKernelBias`: scores of attention within neighbourhoods `[N, T, heads, …, size · size]` plus a bias for
/// each place in the neighbourhood; with `is_heads_first` `[N, heads, T, …, size · size]`.
///
/// Weights: positional_embedding `(heads, (2 · size − 1)²)`.
struct RelativePositionalKernelBiasLayer: KerasLayer {
    static let classNames = ["kecam/nat>MultiHeadRelativePositionalKernelBias"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let height: Int
    private let hasHeadsFirst: Bool
    private let dilations: [Int]

    init(config: LayerConfig, context: LayerContext) throws {
        height = try config.int("input_height", default: -1)
        hasHeadsFirst = try config.bool("is_heads_first", default: false)
        dilations = try config.sizes("dilation_rate", count: 2, default: 1)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let side = try 2 * size(shape) - 1
        return [
            WeightSpec(
                "positional_embedding",
                dims: [try shape.knownExtent(hasHeadsFirst ? 1 : 2), side * side])
        ]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let bias = RelativePositionBias.bias(
            try call.weight("positional_embedding"), at: try places(shape))
        let ordered = hasHeadsFirst ? bias : bias.permuted([1, 0, 2])
        let ones = [Int](repeating: 1, count: shape.rank - 4)
        let aligned = ordered.reshaped(
            Shape(Array(ordered.shape.dims.prefix(2)) + ones + [ordered.shape[2]]))
        return [try builder.add(x, builder.constant(aligned, role: "positional_embedding"))]
    }

    private func size(_ shape: Shape) throws -> Int {
        guard shape.rank >= 4 else { throw Problem(.invalidShape("scores of shape \(shape)")) }
        let count = try shape.knownExtent(-1)
        let size = Int(Double(count).squareRoot())
        guard size > 0, size * size == count else {
            throw Problem(.invalidShape("neighbourhoods of \(count) places are not square"))
        }
        return size
    }

    /// The place in the table for each position, the last one first, and each place of its neighbourhood.
    private func places(_ shape: Shape) throws -> [[Int]] {
        let size = try size(shape)
        let count = try shape.knownExtent(hasHeadsFirst ? 2 : 1)
        let rows = height > 0 ? height : Int(Double(count).squareRoot())
        guard rows > 0, rows * (count / rows) == count else {
            throw Problem(.invalidShape("\(count) positions"))
        }
        let side = 2 * size - 1
        try checkList(
            checkedProduct(count, size * size, "the neighbourhoods"), "the neighbourhoods")
        let down = try starts(size, total: rows, dilation: dilations[0])
        let across = try starts(size, total: count / rows, dilation: dilations[1])
        let places = down.flatMap { row in
            across.map { column in
                (0..<size * size).map { place in
                    (row + place / size) * side + column + place % size
                }
            }
        }
        return places.reversed()
    }

    /// For each position along an axis the first place of its neighbourhood; those in the middle have the middle one.
    private func starts(_ size: Int, total: Int, dilation: Int) throws -> [Int] {
        let half = size / 2
        let left = (0..<half).flatMap { [Int](repeating: $0, count: dilation) }
        let right = (half + 1..<max(size, half + 1)).flatMap {
            [Int](repeating: $0, count: dilation)
        }
        guard total >= left.count + right.count else {
            throw Problem(.invalidShape("neighbourhoods of \(size) in \(total) positions"))
        }
        return left + [Int](repeating: half, count: total - left.count - right.count) + right
    }
}
