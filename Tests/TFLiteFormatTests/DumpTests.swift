import Foundation
import TFLiteFormat
import Testing

@Suite struct DumpTests {
    @Test func textNamesAllThereIs() {
        let expected = """
            TFLite model, schema version 3, 2 buffers
            signature 'serving_default' of subgraph 0: (x: %0) -> (y: %2)

            subgraph 0 'main'
              inputs: %0
              outputs: %2
              operators:
                0: %2 = ADD v1(%0, %1) {fused_activation_function=RELU6, pot_scale_int16=true}
              tensors:
                %0: FLOAT32 ?×3 'x'
                %1: FLOAT32 3 'c' constant in buffer 1, 12 bytes
                %2: FLOAT32 ?×3 'y'

            """
        let lines = TFLiteDump(smallModel()).text
        #expect(lines.replacing("\"", with: "") == expected.replacing("\"", with: ""))
    }

    @Test func jsonIsValid() throws {
        var model = try randomModel(seed: 6)
        model.description = "quote \" backslash \\ line \n end \u{1}"
        let json = TFLiteDump(model).json
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(root["description"] as? String == model.description)
        let subgraphs = try #require(root["subgraphs"] as? [[String: Any]])
        let operators = try #require(subgraphs[0]["operators"] as? [[String: Any]])
        #expect(operators.count == model.subgraphs[0].operators.count)
        for (node, original) in zip(operators, model.subgraphs[0].operators) {
            #expect(node["inputs"] as? [Int] == original.inputs)
            #expect(node["builtin_options_type"] as? String == original.options?.table.name)
        }
        #expect((root["buffers"] as? [Any])?.count == model.buffers.count)
    }
}
