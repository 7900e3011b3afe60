import GraphIR
import Passes
import Tensors
import Testing

struct SeparateConvolutionsTests {
    /// A convolution of 16 channels whose filter is made of `rank` products.
    private func graph(
        seed: UInt64, rank: Int, filters: Int = 32,
        _ element: (_ factors: [Double], _ place: [Int], _ term: Int) -> Double
    ) throws -> Graph {
        var graph = WeightGraph([1, 20, 21, 16], seed: seed)
        let (height, width) = (graph.pick([2, 3, 5]), graph.pick([3, 4]))
        let factors = graph.numbers(1 << 12)
        let filter: Shape = [filters, height, width, 16]
        let elements = (0..<filter.elementCount).map { index in
            let place = filter.dims.indices.map { index / filter.strides[$0] % filter[$0] }
            return (0..<rank).reduce(0) { $0 + element(factors, place, $1) }
        }
        try graph.add(
            graph.convolution().op, (filter, elements), ([filters], graph.numbers(filters)))
        return graph.finished()
    }

    @Test(arguments: 0..<20, [1, 2])
    func windowsOfChannelsAreDepthwise(seed: Int, multiplier: Int) throws {
        let graph = try graph(seed: UInt64(seed), rank: multiplier, filters: 96) {
            factors, place, term in
            let window = (place[1] * 5 + place[2]) * 16 + place[3]
            return factors[term * 2000 + place[0] * 16 + place[3]]
                * factors[term * 2000 + 1536 + window]
        }
        let result = try Rewriting(graph, SeparateConvolutions())
        #expect(result.operations == ["depthwiseConv2D", "conv2D"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: 0..<20, [1, 5])
    func columnsByRowsAreTwoConvolutions(seed: Int, rank: Int) throws {
        let graph = try graph(seed: UInt64(seed), rank: rank) { factors, place, term in
            factors[term * 100 + place[1] * 16 + place[3]]
                * factors[2000 + term * 200 + place[2] * 32 + place[0]]
        }
        let result = try Rewriting(graph, SeparateConvolutions())
        // The windows of each channel are one product, too, if there is but one column by row.
        #expect(result.operations.count == 2)
        if rank > 1 { #expect(result.operations == ["conv2D", "conv2D"]) }
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: 0..<5) func otherFiltersStay(seed: Int) throws {
        let graph = try graph(seed: UInt64(seed), rank: 1) { factors, place, _ in
            factors[place[0] * 100 + place[1] * 20 + place[2] * 5 + place[3] * 7]
        }
        #expect(try Rewriting(graph, SeparateConvolutions()).operations == ["conv2D"])
    }

    /// Channels that are much smaller than others do not hide that a filter is a product.
    @Test(arguments: 0..<10) func productsOfAllMagnitudesAreFound(seed: Int) throws {
        let graph = try graph(seed: UInt64(seed), rank: 3) { factors, place, term in
            let scale = place[3] < 12 ? 1 : 1e-4
            return scale * factors[term * 100 + place[1] * 16 + place[3]]
                * factors[2000 + term * 200 + place[2] * 32 + place[0]]
        }
        let result = try Rewriting(graph, SeparateConvolutions())
        #expect(result.operations == ["conv2D", "conv2D"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func whatDoesNotPayStays() throws {
        var graph = WeightGraph([1, 4, 4, 2], seed: 1)
        try graph.add(Conv2D().op, ([2, 2, 2, 2], [Double](repeating: 1, count: 16)))
        let result = try Rewriting(graph.finished(), SeparateConvolutions())
        #expect(result.operations == ["conv2D"])
    }
}
