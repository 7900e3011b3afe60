import KerasLayers
import Testing

/// Which class is suggested for one that is not known.
struct ClassSuggestionTests {
    @Test(arguments: [
        ("BatchNorm", "BatchNormalization"), ("mine>LayerNorm", "LayerNormalization"),
        ("RMSNorm", "RMSNormalization"), ("Dens", "Dense"), ("DenseLayer", "Dense"),
        ("BatchNormalisation", "BatchNormalization"), ("LeakyRelu", "LeakyReLU"),
        ("Conv2DTransposed", "Conv2DTranspose"), ("InstanceNorm", "InstanceNormalization"),
    ])
    func abbreviationsAndTypingErrorsAreUnderstood(name: String, expected: String) {
        #expect(ClassSuggestion.nearest(to: name) == expected)
    }

    @Test(arguments: [
        "CReLU", "CELU", "GLU", "Conv4D", "Batch", "Random", "Spam", "", "PositionAwareAttention",
        "MyLoss", "Layer2", "GroupedQuery",
    ])
    func otherNamesAreNot(name: String) {
        #expect(ClassSuggestion.nearest(to: name) == nil)
    }
}
