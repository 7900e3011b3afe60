import GraphIR
import Passes
import Testing

struct FoldReshapesIntoDenseTests {
    private func operations(_ flat: String, _ result: String) throws -> [String] {
        let rewriting = try Rewriting(
            """
            input x: float32[2,3,5,4]
            constant w: float32[6,4] = random(1)
            constant v: float32[6,20] = random(2)
            f = reshape(x) {shape: \(flat)}
            d = fullyConnected(f, \(flat.hasSuffix("20]") ? "v" : "w"))
            y = reshape(d) {shape: \(result)}
            output y
            """, FoldReshapesIntoDense())
        #expect(try rewriting.relativeError() < roundingTolerance)
        return rewriting.operations
    }

    @Test(arguments: ["[30, 4]", "[2, 15, 4]", "[1, 2, 3, 5, 4]"])
    func rowsStayWhereTheyAre(flat: String) throws {
        #expect(try operations(flat, "[2, 3, 5, 6]") == ["fullyConnected"])
    }

    @Test func otherShapesAreNotRestored() throws {
        #expect(try operations("[30, 4]", "[6, 5, 6]").count == 3)
        #expect(try operations("[6, 20]", "[2, 3, 6]").count == 3)
    }
}

struct StackTests {
    @Test func stacksKeepTheirReshapes() throws {
        let result = try Rewriting(
            """
            input x: float32[1,3,4]
            input z: float32[1,3,4]
            a = reshape(x) {shape: [1, 1, 3, 4]}
            b = reshape(z) {shape: [1, 1, 3, 4]}
            y = concatenate(a, b) {axis: 1}
            output y
            """, SinkReshapes(), MergeReshapes())
        #expect(result.operations == ["reshape", "reshape", "concatenate"])
    }

    @Test func transposesOfSeveralOutputsStayOne() throws {
        let result = try Rewriting(
            """
            input x: float32[2,3,4]
            t = transpose(x) {permutation: [0, 2, 1]}
            y = relu(t)
            z = tanh(t)
            output y
            output z
            """, SinkTransposes(), MergeTransposes())
        #expect(result.operations == ["transpose", "relu", "tanh"])
    }
}
