import Cost
import GraphIR
import Passes
import Tensors

/// Channels between two layers, of which some may be left out.
struct ChannelSite {
    /// The parts of all channels that are tried.
    private static let shares = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.22, 0.16, 0.11, 0.08]
    /// The most channels whose order is looked for.
    private static let channelLimit = 1024
    private static let weightLimit = 1 << 25

    let path: ChannelPath
    let start: LinearSite
    let end: LinearSite

    /// The channels that a node makes; nil if nothing can be left out.
    init?(from node: Node, in graph: Graph) {
        guard let path = ChannelPath(from: node, in: graph),
            let start = LinearSite(path.start.node, in: graph),
            let end = LinearSite(path.end.node, in: graph),
            (2...Self.channelLimit).contains(path.start.outputChannels),
            max(start.filter.elements.count, end.filter.elements.count) <= Self.weightLimit
        else { return nil }
        (self.path, self.start, self.end) = (path, start, end)
    }

    /// How many channels there are.
    var count: Int { start.filter.count }

    /// Numbers of channels that are worth a try, descending: runtimes compute several at the same time.
    var counts: [Int] {
        let step = count >= 64 ? 16 : count >= 16 ? 4 : 1
        let few = [8, 4, 2].filter { $0 < step }
        let wanted = Self.shares.map { max(Int((Double(count) * $0).rounded()), 1) }
        let rounded = wanted.map { ($0 + step - 1) / step * step }
        return Set(rounded + few).filter { $0 < count }.sorted(by: >)
    }

    /// The weights of the end as a matrix `[…, channels]`.
    var readingWeights: Matrix {
        Matrix(end.filter.elements.count / count, count, end.filter.elements)
    }

    /// What start, way and end cost with some channels only.
    ///
    /// - Parameter inputs: the part of the start's input channels that is left.
    func cost(
        keeping kept: Int, inputs: Double = 1, costs: CostModel, residentBytes: Int
    ) throws -> StageCost {
        let width = Int((Double(start.filter.channels) * inputs).rounded())
        var dims = start.inputType.shape.dims
        dims[dims.count - 1] = width
        func filter(_ site: LinearSite, _ count: Int, _ channels: Int) -> Filter {
            let (height, width) = (site.filter.height, site.filter.width)
            return Filter(
                [Double](repeating: 0, count: count * height * width * channels), count: count,
                height: height, width: width, channels: channels)
        }
        let bias = [Double](repeating: 0, count: kept)
        var stages = [Stage(start.op, filter(start, kept, width), bias: bias)]
        for step in path.steps {
            switch step {
            case .elements(let node), .padding(let node): stages.append(Stage(node.op, []))
            case .gated(let function, _):
                stages += [Stage(function.op, []), Stage(.unary(Unary(.square)), [])]
            case .depthwise(let linear):
                let shape = linear.filter.shape
                let windows = [Double](repeating: 0, count: shape.elementCount / count * kept)
                stages.append(
                    Stage(
                        linear.node.op,
                        [Stage.rounded(windows, [1, shape[1], shape[2], kept])]))
            case .flattening: stages.append(Stage(Reshape([dims[0], -1]).op, []))
            }
        }
        stages.append(
            Stage(end.op, filter(end, end.filter.count, end.filter.channels / count * kept)))
        return try StageCost(
            of: stages, from: TensorType(.float32, Shape(dims)), costs: costs,
            residentBytes: residentBytes)
    }
}

/// Channels that are kept, and how these make up all: `[kept, all]`.
struct ChannelChoice {
    let site: ChannelSite
    /// Ascending.
    let kept: [Int]
    let map: Matrix

    /// The weights of the end for the kept channels, which stand for all.
    var endFilter: Filter {
        let (filter, count) = (site.end.filter, site.count)
        let rows = filter.elements.count / count
        let weights = Matrix(rows, count, filter.elements)
        var result = [Double](repeating: 0, count: rows * kept.count)
        for row in 0..<rows {
            for channel in 0..<count where weights[row, channel] != 0 {
                for index in kept.indices {
                    result[row * kept.count + index] += weights[row, channel] * map[index, channel]
                }
            }
        }
        return Filter(
            result, count: filter.count, height: filter.height, width: filter.width,
            channels: filter.channels / count * kept.count)
    }

    /// Weights of the end for kept channels at their places among all.
    func spread(_ weights: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: weights.count / kept.count * site.count)
        for (index, weight) in weights.enumerated() {
            result[index / kept.count * site.count + kept[index % kept.count]] = weight
        }
        return result
    }
}
