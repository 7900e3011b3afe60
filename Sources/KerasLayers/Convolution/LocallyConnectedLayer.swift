import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// `LocallyConnected1D` and `LocallyConnected2D`: a convolution with a kernel of its own at every position.
///
/// Weights by implementation: 1 `(positions, window, filters)`, 2 `(in…, out…)` of all inputs and outputs, 3 the values of
/// connected pairs by output, then input; then bias `(out…)`.
struct LocallyConnectedLayer: KerasLayer {
    static let spatialRanks: KeyValuePairs = ["LocallyConnected1D": 1, "LocallyConnected2D": 2]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(.keras1 ... .keras2, "all implementations")

    let geometry: ConvolutionGeometry
    let filters: Int
    let usesBias: Bool
    let implementation: Int
    let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        geometry = try ConvolutionGeometry(
            config: config, rank: context.spatialRank(Self.spatialRanks))
        filters = try config.size("filters")
        usesBias = try config.bool("use_bias", default: true)
        implementation = try config.int("implementation", default: 1, in: 1...3)
        activation = try config.activation(context)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let map = try LocalConnections(inputs, geometry, filters: filters)
        let kernel: [Int] =
            switch implementation {
            case 1: [map.positions, map.window, filters]
            case 2: map.input + map.output
            default: [try map.pairs().count]
            }
        let specs = [WeightSpec("kernel", dims: kernel)]
        return usesBias ? specs + [WeightSpec("bias", dims: map.biasExtents)] : specs
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let map = try LocalConnections([builder.type(of: x)], geometry, filters: filters)
        let stored = try call.weight("kernel").doubles()
        let (rows, columns) = (Shape(map.output).elementCount, Shape(map.input).elementCount)
        guard try checkedProduct(rows, columns, "the matrix") < 1 << 27 else {
            throw Problem(.tooLarge(what: "the connections", value: "\(rows)×\(columns)"))
        }
        var matrix = [Double](repeating: 0, count: rows * columns)
        for (index, pair) in try map.pairs().enumerated() {
            let place = pair.output * columns + pair.input
            switch implementation {
            case 1: matrix[place] = stored[pair.kernel]
            case 2: matrix[place] = stored[pair.input * rows + pair.output]
            default: matrix[place] = stored[index]
            }
        }
        let batch = builder.shape(of: x)[0]
        let flat = try builder.reshape(x, [batch, columns])
        let kernel = builder.constant(Constant(matrix, [rows, columns]), role: "kernel")
        let bias = call.weights["bias"]?.reshaped([rows])
        let y = try builder.add(
            .fullyConnected(FullyConnected()), [flat, kernel] + builder.biasInputs(bias))
        let shaped = try builder.reshape(y, [batch] + map.output)
        return [try activation.apply(to: shaped, in: builder)]
    }
}

/// Which inputs a locally connected layer connects to which outputs.
private struct LocalConnections {
    /// An output and an input, both counted in row-major order of the layer's format, and their place in a kernel of
    /// implementation 1.
    struct Pair {
        var output: Int
        var input: Int
        var kernel: Int
    }

    let geometry: ConvolutionGeometry
    let filters: Int
    let channels: Int
    /// The spatial extents; always two, the first being 1 for one axis.
    let inSizes: [Int]
    let outSizes: [Int]
    /// The zeros in front of the input.
    let before: [Int]
    /// The extents of input and output without the batch axis.
    let input: [Int]
    let output: [Int]

    var positions: Int { outSizes[0] * outSizes[1] }
    var window: Int { Shape(geometry.kernel).elementCount * channels }

    /// The extents of the bias, `(out…, filters)` in either format; Keras lays its elements out as they are stored.
    var biasExtents: [Int] {
        isFirst ? Array(output.dropFirst()) + [filters] : output
    }

    private var isFirst: Bool { geometry.format == .channelsFirst }

    init(_ inputs: [TensorType], _ geometry: ConvolutionGeometry, filters: Int) throws {
        self.geometry = geometry
        self.filters = filters
        channels = try geometry.channels(of: inputs)
        let shape = try inputs.only().shape
        let sizes = try geometry.format.spatialAxes(rank: shape.rank).map {
            try shape.knownExtent($0)
        }
        var (out, before): ([Int], [Int]) = ([], [])
        for (axis, size) in sizes.enumerated() {
            let (kernel, stride) = (geometry.kernel[axis], geometry.strides[axis])
            let isSame = geometry.border == .same
            let count = isSame ? (size - 1) / stride + 1 : (size - kernel) / stride + 1
            guard count > 0, isSame || size >= kernel else {
                throw Problem(.invalidShape("a window of \(kernel) does not fit \(size) elements"))
            }
            out.append(count)
            before.append(isSame ? kernel / 2 : 0)
        }
        let isFirst = geometry.format == .channelsFirst
        input = isFirst ? [channels] + sizes : sizes + [channels]
        output = isFirst ? [filters] + out : out + [filters]
        let ones = [Int](repeating: 1, count: 2 - sizes.count)
        inSizes = ones + sizes
        outSizes = ones + out
        self.before = ones.map { _ in 0 } + before
    }

    /// All connected pairs by output, then input.
    func pairs() throws -> [Pair] {
        let connections = try checkedProduct(
            checkedProduct(positions, window, "the kernel"), filters, "the kernel")
        guard connections < 1 << 26 else {
            throw Problem(.tooLarge(what: "the kernel", value: "\(connections)"))
        }
        let ones = [Int](repeating: 1, count: 2 - geometry.rank)
        let (kernel, strides) = (ones + geometry.kernel, ones + geometry.strides)
        var pairs: [Pair] = []
        pairs.reserveCapacity(connections)
        for position in 0..<positions {
            let (row, column) = (position / outSizes[1], position % outSizes[1])
            for offset in 0..<kernel[0] * kernel[1] {
                let y = row * strides[0] + offset / kernel[1] - before[0]
                let x = column * strides[1] + offset % kernel[1] - before[1]
                guard (0..<inSizes[0]).contains(y), (0..<inSizes[1]).contains(x) else { continue }
                let place = y * inSizes[1] + x
                for channel in 0..<channels {
                    let inner =
                        isFirst
                        ? channel * kernel[0] * kernel[1] + offset : offset * channels + channel
                    for filter in 0..<filters {
                        pairs.append(
                            Pair(
                                output: isFirst
                                    ? filter * positions + position : position * filters + filter,
                                input: isFirst
                                    ? channel * inSizes[0] * inSizes[1] + place
                                    : place * channels + channel,
                                kernel: (position * window + inner) * filters + filter))
                    }
                }
            }
        }
        return pairs.sorted { ($0.output, $0.input) < ($1.output, $1.input) }
    }
}
