import Interpreter
import KConvert
import TestSupport
import Testing

/// Inputs and outputs that only their order tells apart.
struct OrderTests {
    /// The model multiplies input k, of twelve, by k + 1.5 and returns the products in this order.
    private static let order = [7, 3, 11, 0, 9, 1, 10, 5, 2, 8, 6, 4]

    @Test func fileAndSignatureKeepTheOrderOfTheModel() throws {
        let model = try convertedModel()
        #expect(model.inputs.map(\.name) == (0..<12).map { "x\($0)" })
        let signature = try #require(model.signatures.first)
        #expect(
            signature.inputs == Dictionary(uniqueKeysWithValues: (0..<12).map { ("x\($0)", $0) }))
        #expect(signature.outputs.values.sorted() == Array(0..<12))
    }

    @Test func everyOutputIsMadeOfItsOwnInput() throws {
        let model = try convertedModel()
        let session = try model.makeSession()
        let inputs = try (0..<12).map { k in
            try LiteTensor([Float](repeating: Float(k) + 1, count: 4), shape: [1, 4])
        }
        let names = (0..<12).map { "x\($0)" }
        let byOrder = try session.run(inputs)
        let byName = try session.run(
            named: Dictionary(uniqueKeysWithValues: zip(names, inputs)), signature: nil)
        let signature = try #require(model.signatures.first)
        let outputs = Dictionary(
            uniqueKeysWithValues: signature.outputs.map { ($0.value, $0.key) })
        for (position, k) in Self.order.enumerated() {
            let expected = (Float(k) + 1) * (Float(k) + 1.5)
            #expect(try byOrder[position].values(of: Float.self).first == expected)
            let name = try #require(outputs[position])
            #expect(try byName[name]?.values(of: Float.self).first == expected)
        }
    }

    private func convertedModel() throws -> LiteModel {
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "m.tflite")
            _ = try Converter().convert(
                ModelSource(model: Repository.testdata("keras3/models/order/many.keras")),
                to: file.path)
            return try LiteModel(contentsOf: file)
        }
    }
}
