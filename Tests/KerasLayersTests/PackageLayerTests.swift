import KerasFormat
import KerasLayers
import Problems
import Testing

/// Variants of layers of other packages that are refused, with the layer's option or class in the message.
@Suite struct PackageLayerTests {
    static let refused: [(layer: String, reason: String)] = [
        (
            #"""
            {"class_name": "ClusterWeights", "config": {"number_of_clusters": 4, "preserve_sparsity": true, "layer":
            {"class_name": "Dense", "config": {"units": 2}}}}
            """#, "preserve_sparsity"
        ),
        (
            #"{"class_name": "TransformerBlock", "config": {"embed_dim": 4, "num_heads": 2, "ff_dim": 8, "pre_norm": true}}"#,
            "not known"
        ),
        (
            #"{"class_name": "keras_hub>RotaryEmbedding", "config": {"rope_type": "yarn"}}"#,
            "rope_type"
        ),
        (
            #"{"class_name": "QActivation", "config": {"activation": "bernoulli()"}}"#, "bernoulli"
        ),
        (#"{"class_name": "kecam/coco>DecodePredictions", "config": {}}"#, "non-max suppression"),
        (
            #"{"class_name": "Kapre>STFT", "config": {"n_fft": 8, "window_name": "tukey_window"}}"#,
            "window_name"
        ),
        (
            #"{"class_name": "Addons>WeightNormalization", "config": {}}"#,
            "another one than the 'WeightNormalization' of tensorflow-addons"
        ),
        (#"{"class_name": "someone>PruneLowMagnitudes", "config": {}}"#, "not known"),
        (#"{"class_name": "someone>Dense", "config": {"units": 2}}"#, "not known"),
        (
            #"{"class_name": "RNN", "config": {"cell": {"class_name": "LSTMCell", "registered_name": "mine>LSTMCell", "config": {"units": 3}}}}"#,
            "'mine>LSTMCell' is not one of Keras' own"
        ),
    ]

    @Test(arguments: refused)
    func isRefused(layer: String, reason: String) throws {
        let problem = #expect(throws: Problem.self) { try Self.made(layer) }
        #expect(problem?.description.contains(reason) == true, "\(problem?.description ?? "")")
    }

    @Test func aClassOfAnyProjectIsTakenByItsConfiguration() throws {
        let block =
            #"{"class_name": "mine>TransformerBlock", "config": {"embed_dim": 4, "num_heads": 2, "ff_dim": 8}}"#
        #expect(throws: Never.self) { try Self.made(block) }
    }

    private static func made(_ text: String) throws -> any KerasLayer {
        let json = try Array(text.utf8).withUnsafeBytes { try JSONParser.parse($0) }
        let version = KerasVersion(generation: .keras2)
        let description = try ModelParser(version: version).layer(json)
        return try LayerCatalog.makeLayer(
            LayerContext(description, version: version, maker: LayerCatalog.maker))
    }
}
