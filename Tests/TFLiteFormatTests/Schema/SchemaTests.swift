import TFLiteFormat
import TestSupport
import Testing

@Suite struct SchemaTests {
    @Test func tagsOfOptionsAreUniqueAndWithoutGaps() {
        let tags = BuiltinOptions.allDefaults.map { Int($0.tag) }
        #expect(tags == Array(1...126))
        for table in BuiltinOptions.allDefaults {
            #expect(BuiltinOptions.defaults(tag: table.tag) == BuiltinOptions(table))
        }
        #expect(BuiltinOptions.defaults(tag: 0) == nil)
        #expect(BuiltinOptions.defaults(tag: 127) == nil)
    }

    @Test func namesOfOperatorsBelongToTheirCodes() {
        #expect(Set(BuiltinOperator.allCases.map(\.description)).count == 210)
        #expect(BuiltinOperator.conv2D.description == "CONV_2D")
        #expect(BuiltinOperator.topKV2.description == "TOPK_V2")
        #expect(BuiltinOperator.where.description == "WHERE")
        #expect(BuiltinOperator.dilate.description == "DILATE")
        #expect(BuiltinOperator.stablehloCase.description == "STABLEHLO_CASE")
    }

    @Test func tablesWithoutFieldsAreNamedAfterTheirOperators() {
        let named = Dictionary(
            uniqueKeysWithValues: EmptyOptions.allCases.map { ("\($0)".uppercased(), $0) })
        for builtin in BuiltinOperator.allCases {
            let isShared = builtin == .maximum || builtin == .minimum
            let name = isShared ? "MAXIMUMMINIMUM" : builtin.description.filter { $0 != "_" }
            #expect(EmptyOptions(builtin) == named[name])
        }
    }

    @Test func sparseTensorsAreReadAsTheyWereWritten() throws {
        var model = smallModel()
        model.subgraphs[0].tensors[1].sparsity = TFLiteSparsity(
            traversalOrder: [0], blockMap: [],
            levels: [.sparse(segments: [0, 2], indices: [0, 2])])
        let result = try TFLiteReader.read(try TFLiteWriter.bytes(of: model))
        #expect(result.subgraphs == model.subgraphs)
    }

    @Test func optionsThatAreNotReadAreNotWritten() {
        var model = smallModel()
        model.subgraphs[0].operators[0].secondOptions = .unread(tag: 3)
        #expect(throws: (any Error).self) { try TFLiteWriter.bytes(of: model) }
    }
}
