import GraphIR
import Passes
import Testing

@Suite struct MergeReductionsWithReshapesTests {
    private func merge(_ shape: String, _ lines: String) throws -> Rewriting {
        try Rewriting("input x: float32\(shape)\n\(lines)\noutput y", MergeReductionsWithReshapes())
    }

    @Test(arguments: [
        (
            "[2,4,4,4]",
            "m = reduce(x) {kind: mean, axes: [1, 2]}\ny = reshape(m) {shape: [2, 1, 1, 4]}"
        ),
        (
            "[?,4,4,4]",
            "m = reduce(x) {kind: max, axes: [1, 2]}\ny = reshape(m) {shape: [-1, 1, 1, 4]}"
        ),
        ("[2,1,4,4]", "r = reshape(x) {shape: [2, 4, 4]}\ny = reduce(r) {kind: mean, axes: [1]}"),
        ("[1,1,4,4]", "r = reshape(x) {shape: [1, 4, 4]}\ny = reduce(r) {kind: sum, axes: [2]}"),
        (
            "[2,4,4]",
            "r = reshape(x) {shape: [2, 4, 1, 4]}\ny = reduce(r) {kind: sum, axes: [1, 2]}"
        ),
    ])
    func merges(shape: String, lines: String) throws {
        let result = try merge(shape, lines)
        #expect(result.operations == ["reduce"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: [
        (
            "[2,4,4,4]",
            "m = reduce(x) {kind: mean, axes: [1, 2]}\ny = reshape(m) {shape: [1, 2, 1, 4]}"
        ),
        ("[2,4,4,4]", "m = reduce(x) {kind: mean, axes: [1]}\ny = reshape(m) {shape: [2, 16]}"),
        (
            "[2,4,4]",
            "m = reduce(x) {kind: mean, axes: [1]}\ny = reshape(m) {shape: [2, 1, 4]}\noutput m"
        ),
        ("[2,4,4]", "r = reshape(x) {shape: [2, 2, 8]}\ny = reduce(r) {kind: mean, axes: [1]}"),
        ("[2,4,4]", "r = reshape(x) {shape: [2, 4, 1, 4]}\ny = reduce(r) {kind: mean, axes: [1]}"),
    ])
    func leavesOthersAlone(shape: String, lines: String) throws {
        #expect(try merge(shape, lines).operations.count == 2)
    }
}
