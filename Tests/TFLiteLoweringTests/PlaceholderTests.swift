import GraphIR
import TFLiteFormat
import TFLiteLowering
import Targets
import Tensors
import Testing

/// Extents that files state for free ones.
@Suite struct PlaceholderTests {
    @Test func freeExtentsAreTheSmallestThatWindowsFit() throws {
        let builder = GraphBuilder(name: "g")
        let image = builder.input(.float32(-1, -1, -1, 3), name: "image")
        let text = builder.input(.float32(-1, -1, 4), name: "text")
        builder.layer = "pool"
        let window = Pool2D(
            kind: .max, window: Size2D(3, 5), strides: Size2D(2, 1), padding: .valid)
        let once = try builder.add(.pool2D(window), [image])
        builder.output(try builder.add(.pool2D(window), [once]), name: "pooled")
        builder.output(try builder.add(.unary(Unary(.tanh)), [text]), name: "text")
        let model = try lower(builder.graph, for: .liteRT).model
        let written = try TFLiteReader.read(TFLiteWriter.bytes(of: model)).subgraphs[0]
        #expect(written.inputs.map { written[$0].shape } == [[1, 7, 9, 3], [1, 1, 4]])
        #expect(
            written.inputs.map { written[$0].freeShape.dims } == [[-1, -1, -1, 3], [-1, -1, 4]])
        #expect(written.outputs.map { written[$0].shape } == [[1, 1, 1, 3], [1, 1, 4]])
    }
}
