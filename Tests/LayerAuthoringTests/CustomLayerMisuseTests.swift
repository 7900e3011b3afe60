import KConvert
import TestSupport
import Testing

/// Senseless operations of registered code are errors of the conversion that name the layer, never crashes.
struct CustomLayerMisuseTests {
    typealias Misuse = @Sendable (CustomLayer, LayerTensor) throws -> LayerTensor

    /// Each on an input of shape `[1, 7, 5]`.
    static let cases: [(name: String, misuse: Misuse)] = [
        ("reduction", { try $1.reduced(.sum, axes: [9]) }),
        ("short order", { try $1.transposed([0]) }),
        ("order twice", { try $1.transposed([0, 1, 1]) }),
        ("order outside", { try $1.transposed([0, 1, 7]) }),
        ("new axis", { try $1.expanded(at: 12) }),
        ("squeeze", { try $1.squeezed(at: 1) }),
        ("join outside", { try $1.concatenated(with: [$1], axis: 9) }),
        ("no parts", { try $1.split(into: 0)[0] }),
        ("negative parts", { try $1.split(into: -3)[0] }),
        ("many parts", { try $1.split(into: 1000)[0] }),
        ("slice outside", { try $1.sliced(axis: 9, from: 0, count: 1) }),
        ("slice before", { try $1.sliced(axis: 1, from: -1, count: 1) }),
        ("slice beyond", { try $1.sliced(axis: 1, from: 3, count: Int.max) }),
        ("few paddings", { try $1.padded([(1, 1)]) }),
        ("negative padding", { try $1.padded([(0, 0), (-1, 0), (0, 0)]) }),
        ("huge padding", { try $1.padded([(0, 0), (Int.max, 1), (0, 0)]) }),
        ("two free extents", { try $1.reshaped(to: [3, -1, -1]) }),
        ("other size", { try $1.reshaped(to: [3]) }),
        ("huge size", { try $1.reshaped(to: [Int.max, 2]) }),
        ("float indices", { try $1.gathered($1, axis: 8) }),
        ("computed kernel", { try $1.convolution(kernel: $1) }),
        ("flat kernel", { try $1.dense(kernel: $1) }),
        (
            "kernel of other channels",
            { layer, x in
                try x.convolution(kernel: layer.constant([1, 2], shape: [1, 2, 1]))
            }
        ),
        (
            "stride",
            { layer, x in
                try x.convolution(
                    kernel: layer.constant([1, 2, 3, 4, 5], shape: [1, 5, 1]), strides: [0])
            }
        ),
        ("softmax", { try $1.softmax(axis: 5) }),
        ("size", { try $1.resized(height: 0, width: -1) }),
        ("operation", { try $1.operation("NoSuchOperation") }),
        ("arguments", { try $1.operation("Einsum", ["subscripts": "i,,j"]) }),
        ("layer", { try $1.layer("NoSuchLayer") }),
        ("layer with weights", { try $1.layer("Dense", ["units": 3]) }),
        ("activation", { try $1.activation("no_such_activation") }),
        ("product", { try $1.matrixProduct($1) }),
        ("shapes", { try $0.constant([1, 2], shape: [2]) + $1 }),
        ("weight", { try $0.weight("w", shape: [-1]) * $1 }),
        ("huge weight", { try $0.weight("w", shape: [1 << 40, 1 << 40]) * $1 }),
        ("constant", { try $0.constant([1], shape: [2]) * $1 }),
        ("sublayer", { try $0.sublayer("dense", "Dense")($1) }),
        ("field", { try $0.sublayer("dense", fromField: "no_such_field")($1) }),
        ("no input", { try $0.sublayer("add", "Add").outputs([])[0] + $1 }),
        ("extent", { try $1 * Double($1.extent(11)) }),
    ]

    @Test(arguments: cases.indices)
    func isAnError(index: Int) throws {
        let misuse = Self.cases[index].misuse
        var converter = Converter()
        converter.register("Swish") { layer in try misuse(layer, layer.input) }
        try Repository.withTemporaryFolder { folder in
            let source = ModelSource(model: Repository.testdata("keras3/custom/swish.keras"))
            let error = #expect(throws: ConversionError.self, "\(Self.cases[index].name)") {
                try converter.convert(source, to: folder.appending(path: "m.tflite").path)
            }
            #expect(error?.issues.contains { $0.layer?.hasPrefix("first") == true } == true)
        }
    }

    @Test func noOutputIsAnError() throws {
        var converter = Converter()
        converter.register("Swish") { _ in [LayerTensor]() }
        try Repository.withTemporaryFolder { folder in
            let source = ModelSource(model: Repository.testdata("keras3/custom/swish.keras"))
            let error = #expect(throws: ConversionError.self) {
                try converter.convert(source, to: folder.appending(path: "m.tflite").path)
            }
            #expect(error?.description.contains("returns no tensor") == true)
        }
    }
}
