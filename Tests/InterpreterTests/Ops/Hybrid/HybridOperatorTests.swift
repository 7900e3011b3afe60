import Archives
import Interpreter
import TestSupport
import Tensors
import Testing

/// Operators of floats with integer weights round their inputs as LiteRT's reference kernels do.
@Test func hybridOperatorsAreNearTheReference() throws {
    let cases = try IntegerOperatorSuite.cases(Repository.testdata("integer/hybrid.npz"))
    #expect(cases.count >= 12)
    for example in cases {
        let model = try LiteModel(bytes: example.model)
        let result = try model.makeSession().run(example.inputs)[0]
        let difference = Difference(result.tensor, example.outputs[0].tensor)
        // Transposed convolutions add their products in another order there.
        let tolerance = example.name.hasPrefix("hybrid_transpose_conv") ? 1e-5 : 0
        #expect(difference.relative <= tolerance, "\(example.name): \(difference)")
        #expect(difference.spread > 0.01, "\(example.name)")
    }
}
