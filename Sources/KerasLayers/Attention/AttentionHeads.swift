import GraphIR
import Problems
import Tensors

/// The projections of multi-head attention, and how the axes of their inputs take part.
///
/// An input `[N, axes…, D]` is projected to `[N, axes…, heads · size]` and laid out as `[N, others…, heads, attended, size]`:
/// the attended axes as one, so that the products are plain matrix products.
struct AttentionHeads: Sendable {
    /// The attended axes, counted from the front of the inputs; ascending.
    let axes: [Int]
    /// The rank of the inputs.
    let rank: Int

    /// The axes between batch and features that are not attended.
    private var others: [Int] { (1..<max(rank - 1, 1)).filter { !axes.contains($0) } }

    /// The number of axes in front of the heads.
    var outerCount: Int { others.count + 1 }

    /// x as heads `[N, others…, heads, attended, size]`.
    ///
    /// - Parameters:
    ///   - kernel: `(D, heads, size)`.
    ///   - bias: `(heads, size)`.
    ///   - factor: what both are multiplied by.
    func project(
        _ x: ValueID, _ kernel: Constant, _ bias: Constant?, factor: Double = 1,
        role: String, in builder: GraphBuilder
    ) throws -> ValueID {
        let (heads, size) = (kernel.shape[1], kernel.shape[2])
        let y = try fullyConnected(
            x, kernel.reshaped([kernel.shape[0], heads * size]),
            bias?.reshaped([heads * size]), factor: factor, role: role, in: builder)
        let extents = builder.extents(of: x)
        let split =
            heads == 1
            ? try builder.expandDimension(y, at: rank - 1)
            : try builder.reshape(y, Array(extents.dropLast()) + [.known(heads), .known(size)])
        let moved = try builder.transpose(split, [0] + others + [rank - 1] + axes + [rank])
        guard axes.count != 1 else { return moved }
        let attended = try extent(of: x, in: builder)
        return try builder.reshape(
            moved,
            [extents[0]] + others.map { extents[$0] } + [.known(heads), attended, .known(size)])
    }

    /// Heads `[N, others…, heads, attended, size]` as `[N, axes…, heads · size]` of the shape of x.
    func join(_ y: ValueID, like x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let extents = builder.extents(of: x)
        let (heads, size) = (builder.shape(of: y)[-3], builder.shape(of: y)[-1])
        var unfolded = y
        if axes.count != 1 {
            unfolded = try builder.reshape(
                y,
                [extents[0]] + others.map { extents[$0] } + [.known(heads)]
                    + axes.map { extents[$0] } + [.known(size)])
        }
        let layout = [0] + others + [rank - 1] + axes + [rank]
        let inverse = layout.indices.map { layout.firstIndex(of: $0) ?? $0 }
        let moved = try builder.transpose(unfolded, inverse)
        if heads == 1 { return try builder.squeezeDimension(moved, at: rank - 1) }
        return try builder.reshape(moved, Array(extents.dropLast()) + [.known(heads * size)])
    }

    /// The number of attended positions of x.
    func extent(of x: ValueID, in builder: GraphBuilder) throws -> Extent {
        let attended = axes.map { builder.shape(of: x).dims[$0] }
        if axes.count == 1 { return builder.extent(axes[0], of: x) }
        guard Shape(attended).isStatic else { return .rest }
        return .known(try attended.reduce(1) { try checkedProduct($0, $1, "the positions") })
    }

    /// A dense layer over the last axis whose weights are multiplied by a factor.
    func fullyConnected(
        _ x: ValueID, _ kernel: Constant, _ bias: Constant?, factor: Double = 1, role: String,
        in builder: GraphBuilder
    ) throws -> ValueID {
        let factors = [Double](repeating: factor, count: kernel.shape[1])
        let scaled = factor == 1 ? kernel : kernel.scaled(by: factors, axis: 1)
        let offset = factor == 1 ? bias : bias?.scaled(by: factors, axis: 0)
        var inputs = [x, builder.constant(scaled.permuted([1, 0]), role: "\(role)_kernel")]
        if let offset { inputs.append(builder.constant(offset, role: "\(role)_bias")) }
        return try builder.add(.fullyConnected(FullyConnected()), inputs)
    }
}
