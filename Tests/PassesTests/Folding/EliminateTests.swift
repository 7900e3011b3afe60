import GraphIR
import Passes
import Testing

@Suite struct RemoveIdentitiesTests {
    @Test(arguments: [
        "add(x, zero)", "add(zero, x)", "subtract(x, zeros)", "multiply(x, one)", "divide(x, one)",
        "power(x, one)", "reshape(x) {shape: [2, 3, 4, 5]}", "cast(x) {to: float32}",
        "transpose(x) {permutation: [0, 1, 2, 3]}", "concatenate(x) {axis: 1}",
        "pad(x) {amounts: [[0, 0], [0, 0], [0, 0], [0, 0]], value: 1.0}",
        "slice(x) {begin: [0, 0, 0, 0], sizes: [2, -1, 4, 5], strides: [1, 1, 1, 1]}",
        "tile(x) {multiples: [1, 1, 1, 1]}", "broadcast(x) {shape: [2, 3, 4, 5]}",
        "pool2D(x) {kind: max}", "resize(x) {kind: bilinear, size: 3x4, coordinates: halfPixel}",
    ])
    func removes(operation: String) throws {
        let result = try rewrite(operation)
        #expect(result.operations.count == 1)
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: [
        "add(x, one)", "subtract(zero, x)", "divide(one, x)", "multiply(x, zero)", "add(x, x)",
        "add(x, zero) {activation: relu}", "add(x, wide)", "reshape(x) {shape: [2, 3, 5, 4]}",
        "cast(x) {to: int32}", "transpose(x) {permutation: [1, 0, 2, 3]}",
        "concatenate(x, x) {axis: 1}", "reverse(x) {axes: [0]}",
        "pad(x) {amounts: [[0, 0], [0, 0], [0, 1], [0, 0]], value: 0.0}",
        "slice(x) {begin: [0, 0, 0, 0], sizes: [2, -1, 3, 5], strides: [1, 1, 1, 1]}",
        "pool2D(x) {kind: average, activation: relu}", "pool2D(x) {kind: max, strides: 2x2}",
        "resize(x) {kind: bilinear, size: 4x3, coordinates: halfPixel}",
    ])
    func leavesAlone(operation: String) throws {
        #expect(try rewrite(operation).report.firings == 0)
    }

    private func rewrite(_ operation: String) throws -> Rewriting {
        try Rewriting(
            """
            input x: float32[2,3,4,5]
            constant zero: float32[] = [0]
            constant zeros: float32[5] = fill(0)
            constant wide: float32[2,1,1,1,1] = fill(0)
            constant one: float32[] = [1]
            e = \(operation)
            y = \(operation.hasPrefix("cast") ? "abs" : "exp")(e)
            output y
            """, RemoveIdentities())
    }
}

@Suite struct RemoveRedundantClampsTests {
    @Test(arguments: [
        ("a = relu(x)\ny = relu(a)", 1), ("a = relu6(x)\ny = relu(a)", 1),
        ("a = sigmoid(x)\ny = relu6(a)", 1), ("a = softmax(x)\ny = relu(a)", 1),
        ("a = tanh(x)\ny = reluN1To1(a)", 1), ("a = add(x, x) {activation: relu6}\ny = relu(a)", 1),
        (
            "a = relu(x)\nb = concatenate(a, a) {axis: 0}\nc = reshape(b) {shape: [-1]}\ny = relu(c)",
            3
        ),
        ("a = relu(x)\nb = pad(a) {amounts: [[1, 1], [0, 0]], value: 0.0}\ny = relu(b)", 2),
        ("a = relu(x)\ny = relu6(a)", 2), ("a = tanh(x)\ny = relu(a)", 2),
        ("a = relu(x)\nb = pad(a) {amounts: [[1, 1], [0, 0]], value: -1.0}\ny = relu(b)", 3),
        ("a = relu(x)\nb = concatenate(a, x) {axis: 0}\ny = relu(b)", 3), ("y = relu(x)", 1),
    ])
    func keepsOnlyWhatClamps(lines: String, count: Int) throws {
        let result = try Rewriting(
            "input x: float32[3,4]\n\(lines)\noutput y", RemoveRedundantClamps())
        #expect(result.operations.count == count)
        #expect(try result.relativeError() == 0)
    }
}

@Suite struct MergeTests {
    @Test(arguments: [
        ("a = reshape(x) {shape: [6, 20]}\ny = reshape(a) {shape: [5, 4, 3, 2]}", ["reshape"]),
        (
            "a = reshape(x) {shape: [6, 20]}\nb = reshape(a) {shape: [2, 3, 4, 5]}\ny = abs(b)",
            ["abs"]
        ),
        (
            "a = transpose(x) {permutation: [0, 3, 1, 2]}\nb = transpose(a) {permutation: [0, 2, 3, 1]}\ny = abs(b)",
            ["abs"]
        ),
        (
            "a = transpose(x) {permutation: [0, 3, 1, 2]}\ny = transpose(a) {permutation: [0, 3, 1, 2]}",
            ["transpose"]
        ),
        (
            """
            a = pad(x) {amounts: [[0, 0], [1, 2], [0, 0], [0, 0]], value: 0.0}
            y = pad(a) {amounts: [[0, 0], [1, 0], [3, 0], [0, 0]], value: 0.0}
            """, ["pad"]
        ),
        (
            """
            a = pad(x) {amounts: [[0, 0], [1, 2], [0, 0], [0, 0]], value: 0.0}
            y = pad(a) {amounts: [[0, 0], [1, 0], [3, 0], [0, 0]], value: 1.0}
            """, ["pad", "pad"]
        ),
        ("a = exp(x)\nb = exp(x)\ny = add(a, b)", ["exp", "add"]),
        (
            "a = exp(x)\nb = exp(x)\np = tanh(a)\nq = tanh(b)\ny = subtract(p, q)",
            ["exp", "tanh", "subtract"]
        ),
        ("a = multiply(x, c)\nb = multiply(x, d)\ny = subtract(a, b)", ["multiply", "subtract"]),
        (
            "a = multiply(x, c)\nb = multiply(x, e)\ny = subtract(a, b)",
            ["multiply", "multiply", "subtract"]
        ),
        (
            "a = subtract(x, c)\nb = subtract(c, x)\ny = subtract(a, b)",
            ["subtract", "subtract", "subtract"]
        ),
        (
            "a = reduce(x) {kind: sum, axes: [0]}\nb = reduce(x) {kind: sum, axes: [1]}\np = reduce(a) {kind: sum, axes: [0]}\nq = reduce(b) {kind: sum, axes: [0]}\ny = add(p, q)",
            ["reduce", "reduce", "reduce", "reduce", "add"]
        ),
    ])
    func mergesEqualAndConsecutive(lines: String, operations: [String]) throws {
        let result = try Rewriting(
            """
            input x: float32[2,3,4,5]
            constant c: float32[5] = random(1)
            constant d: float32[5] = random(1)
            constant e: float32[5] = random(2)
            \(lines)
            output y
            """, MergeReshapes(), MergeTransposes(), MergePads(), MergeCommonSubexpressions())
        #expect(result.operations == operations)
        #expect(try result.relativeError() == 0)
    }

    @Test(arguments: [
        ("t = tile(k) {multiples: [2, 3, 1]}\ny = add(x, t)", 1),
        ("t = broadcast(k) {shape: [2, 3, 4]}\ny = multiply(t, x)", 1),
        ("t = tile(k) {multiples: [1, 1, 2]}\ny = add(z, t)", 2),
        ("t = broadcast(k) {shape: [2, 3, 4]}\ny = add(k, t)", 2),
    ])
    func leavesBroadcastingToTheReader(lines: String, count: Int) throws {
        let result = try Rewriting(
            """
            input x: float32[2,3,4]
            input k: float32[1,1,4]
            input z: float32[2,3,8]
            \(lines)
            output y
            """, RemoveBroadcasts())
        #expect(result.operations.count == count)
        #expect(try result.relativeError() == 0)
    }

    /// Equal chains become one in a single sweep, before other passes take one of them apart.
    @Test func mergesChainsAtOnce() throws {
        let result = try Rewriting(
            """
            input x: float32[2,3]
            constant one: float32[] = [1]
            constant two: float32[] = [2]
            constant three: float32[] = [3]
            a = relu(x)
            b = subtract(a, one)
            c = multiply(b, two)
            d = relu(x)
            e = subtract(d, one)
            f = multiply(e, three)
            y = concatenate(c, f) {axis: 1}
            output y
            """, MergeCommonSubexpressions(), MergeScaleAndShift())
        #expect(
            result.operations == ["relu", "subtract", "multiply", "multiply", "concatenate"])
        #expect(try result.relativeError() == 0)
    }

    @Test func dropsWhatNobodyReads() throws {
        let result = try Rewriting(
            """
            input x: float32[2,3]
            a = exp(x)
            b = tanh(a)
            top, index = topK(x) {k: 1}
            y = abs(index)
            output y
            """, RemoveDeadCode())
        #expect(result.operations == ["topK", "abs"])
    }
}
