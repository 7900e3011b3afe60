import Cost
import TFLiteFormat
import Tensors
import Testing

@Suite struct CostModelTests {
    private let costs = CostModel.liteRT

    @Test func everyClassHasRates() {
        for kind in OperatorClass.allCases { #expect(costs.rates.rows[kind] != nil, "\(kind)") }
    }

    @Test func theSlowerOfProductsAndMemoryCounts() {
        let row = costs.rates[.convolution]
        let intense = OperatorWork(.convolution, multiplyAccumulates: 1 << 30, activationBytes: 64)
        let wide = OperatorWork(.convolution, multiplyAccumulates: 64, activationBytes: 1 << 30)
        #expect(
            costs.time(of: intense, residentBytes: 0)
                == row.fixed + Double(1 << 30) / row.products)
        #expect(
            costs.time(of: wide, residentBytes: 0) == row.fixed + Double(1 << 30) / row.bytes)
    }

    @Test func weightsBeyondTheCacheCostMore() {
        let work = OperatorWork(.matrix, weightBytes: 1 << 18)
        let near = costs.time(of: work, residentBytes: costs.rates.cacheBytes)
        let far = costs.time(of: work, residentBytes: costs.rates.cacheBytes + 1)
        #expect(near < far)
    }

    /// Least times in LiteRT of depthwise convolutions of 28×28 and 14×14 pixels: input channels, multiplier, window, nanoseconds.
    @Test(arguments: [
        (28, 16, 2, 3, 70_300.0), (28, 8, 4, 3, 35_600), (28, 16, 2, 1, 27_500),
        (28, 16, 2, 7, 298_900), (14, 64, 2, 3, 72_000),
    ])
    func makingSeveralChannelsOfEachCostsTheTimeOfItsInputChannels(
        side: Int, channels: Int, multiplier: Int, window: Int, measured: Double
    ) {
        func image(_ channels: Int) -> [Int] { [1, side, side, channels] }
        func filter(_ channels: Int) -> [Int] { [1, window, window, channels] }
        let made = channels * multiplier
        let work = OperatorWork(
            .depthwise, multiplyAccumulates: image(made).reduce(window * window, *),
            spread: ChannelSpread(
                input: image(channels), filter: filter(made), output: image(made)))
        let time = costs.time(of: work, residentBytes: 0)
        #expect(abs(time - measured) < 0.1 * measured)
        #expect(
            ChannelSpread(
                input: image(channels), filter: filter(channels), output: image(channels)) == nil)
    }

    @Test(arguments: [
        (10, 1000, true), (100, 1000, true), (129, 1000, false), (4, 200_000, true),
        (100, 200_000, false), (100, 5_000_000, false),
    ])
    func unrollingPaysForFewBytes(steps: Int, bytes: Int, pays: Bool) {
        #expect(costs.unrollingPays(steps: steps, stepWeightBytes: bytes) == pays)
    }

    @Test func projectionsInsideALoopPayForLongSequences() {
        func pays(_ steps: Int?) -> Bool {
            costs.projectingInsidePays(steps: steps, input: 4, projections: 32, weights: 1000)
        }
        #expect(!pays(30))
        #expect(pays(40))
        #expect(pays(nil))
        #expect(
            !costs.projectingInsidePays(steps: 1000, input: 32, projections: 32, weights: 1))
    }

    @Test func timesOfFilesGrowWithTheirWork() throws {
        let (small, large) = (Self.model(side: 8), Self.model(side: 64))
        #expect(FileTime(small, costs).seconds > costs.rates.run / 1e9)
        #expect(FileTime(large, costs).seconds > 4 * FileTime(small, costs).seconds)
        var empty = small
        empty.subgraphs = []
        #expect(FileTime(empty, costs).seconds == 0)
    }

    /// A model of one RELU.
    private static func model(side: Int) -> TFLiteModel {
        var model = TFLiteModel()
        var subgraph = TFLiteSubgraph(name: "main")
        for name in ["x", "y"] {
            subgraph.tensors.append(
                TFLiteTensor(name: name, shape: [1, side, side, 64], type: .float32))
        }
        model.operatorCodes = [TFLiteOperatorCode(.relu, version: 1)]
        subgraph.operators = [
            TFLiteOperator(opcodeIndex: 0, inputs: [0], outputs: [1], options: nil)
        ]
        subgraph.inputs = [0]
        subgraph.outputs = [1]
        model.subgraphs = [subgraph]
        return model
    }
}
