import Foundations
import GraphIR
import Tensors

/// Noise over the range of each input, for models whose data are not at hand.
struct RandomSamples: SampleSource {
    private let types: [TensorType]
    private let ranges: [ObservedRange]
    private let bounds: [Int]
    private let seed: UInt64

    let count = 32

    /// - Parameters:
    ///   - bounds: for each input the number of valid integers.
    init(for graph: Graph, bounds: [Int], seed: UInt64) {
        types = graph.inputs.map { graph[$0.value].type }
        ranges = graph.inputs.map { InputRange.expected(of: $0.value, in: graph) ?? .init(-1, 1) }
        self.bounds = bounds
        self.seed = seed
    }

    func inputs(_ index: Int) throws -> [Tensor] {
        var generator = SplitMix64(seed: seed &+ UInt64(index))
        return zip(types, zip(ranges, bounds)).map { type, limits in
            let shape = type.shape.resolvingFree()
            let (range, bound) = limits
            let numbers = (0..<shape.elementCount).map { _ in
                type.dtype.isFloat && bound == Int.max
                    ? range.low + generator.nextUnit() * (range.high - range.low)
                    : Double(generator.next() % UInt64(max(min(bound, 1 << 31), 1)))
            }
            return Constant(
                Tensor(dtype: .float64, shape: shape, copying: numbers), as: type.dtype
            ).tensor()
        }
    }
}
