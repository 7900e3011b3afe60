import Interpreter
import TFLiteFormat
import Tensors
import Testing

/// A file that gives random numbers in the shape of an input.
private func randomNumbers(
    _ builtin: BuiltinOperator, seed: Int64
) throws -> LiteModel {
    var builder = ModelBuilder()
    let dims = builder.input([2], .int32, name: "dims")
    let y = builder.tensor([-1, -1])
    var options = RandomOptions()
    options.seed = seed
    builder.add(builtin, [dims], [y], options)
    return try builder.load(outputs: [y])
}

private func draw(_ session: LiteSession) throws -> [Float] {
    try session.run([LiteTensor([Int32(100), 30], shape: [2])])[0].values()
}

@Suite struct RandomNumberTests {
    @Test func withoutSeedsAllNumbersDiffer() throws {
        let model = try randomNumbers(.randomUniform, seed: 0)
        let (one, other) = (try model.makeSession(), try model.makeSession())
        let drawn = [try draw(one), try draw(one), try draw(other)]
        #expect(Set(drawn.joined()).count > 8900)
        #expect(drawn.joined().allSatisfy { $0 >= 0 && $0 < 1 })
        let mean = drawn[0].reduce(0, +) / 3000
        #expect(abs(mean - 0.5) < 0.05)
    }

    @Test func seedsRepeatTheNumbersOfASession() throws {
        let model = try randomNumbers(.randomStandardNormal, seed: 3)
        let session = try model.makeSession()
        let (first, second) = (try draw(session), try draw(session))
        #expect(first != second)
        #expect(try draw(model.makeSession()) == first)
        session.resetVariables()
        #expect(try draw(session) == first)
        let variance = first.map { $0 * $0 }.reduce(0, +) / 3000
        #expect(abs(variance - 1) < 0.15)
    }
}
