import KerasFunctions
import Testing

@Suite struct LambdaCompositeTests {
    @Test func everyLineIsAFunctionWithABody() throws {
        #expect(LambdaComposite.table.count == LambdaComposite.lineCount)
        for composite in LambdaComposite.table.values {
            #expect(throws: Never.self) { try composite.body() }
        }
    }
}
