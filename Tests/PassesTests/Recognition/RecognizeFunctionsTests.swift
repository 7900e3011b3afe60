import GraphIR
import Passes
import Tensors
import Testing

struct RecognizeFunctionsTests {
    private func rewritten(_ build: (GraphBuilder, ValueID) throws -> ValueID) throws -> Rewriting {
        let builder = GraphBuilder(name: "g")
        let x = builder.input(TensorType(.float32, [4, 30, 3]), name: "x")
        builder.layer = "f"
        builder.output(try build(builder, x), name: "y")
        return try Rewriting(builder.graph, RecognizeFunctions())
    }

    private func expect(
        _ operations: [String], tolerance: Double = roundingTolerance,
        _ build: (GraphBuilder, ValueID) throws -> ValueID
    ) throws {
        let result = try rewritten(build)
        #expect(result.operations == operations)
        #expect(try result.relativeError() < tolerance)
    }

    @Test func gaussianErrorUnits() throws {
        try expect(["gelu"]) { b, x in
            let bell = try b.errorFunction(b.binary(.multiply, x, 0.5.squareRoot()))
            return try b.binary(.multiply, b.multiply(x, b.binary(.add, bell, 1)), 0.5)
        }
        try expect(["gelu"]) { b, x in
            let cube = try b.binary(.multiply, b.multiply(x, b.multiply(x, x)), 0.044715)
            let inner = try b.binary(.multiply, b.add(x, cube), 0.7978845608)
            let half = try b.binary(.multiply, x, 0.5)
            return try b.multiply(half, b.binary(.add, b.unary(.tanh, inner), 1))
        }
    }

    @Test func functionsThatAreTheSameForAllChannels() throws {
        try expect(["relu"]) { b, x in
            let zeros = b.constant(Constant([0.0, 0, 0], [3]), role: "bias")
            return try b.unary(.relu, b.add(x, zeros))
        }
        try expect(["leakyReLU"]) { b, x in
            let slopes = b.constant(Constant([0.25, 0.25, 0.25], [3]), role: "alpha")
            return try b.binary(.maximum, x, b.multiply(x, slopes))
        }
    }

    @Test func leakyAndParametricUnits() throws {
        try expect(["leakyReLU"]) { b, x in try b.binary(.maximum, x, b.binary(.multiply, x, 0.2)) }
        try expect(["leakyReLU"]) { b, x in
            try b.select(b.binary(.greater, x, 0), x, b.binary(.multiply, x, 0.1))
        }
        try expect(["leakyReLU"]) { b, x in
            let negative = try b.unary(.relu, b.unary(.neg, x))
            return try b.subtract(b.unary(.relu, x), b.binary(.multiply, negative, 0.3))
        }
        try expect(["leakyReLU"]) { b, x in
            try b.add(
                b.binary(.multiply, x, 0.6), b.binary(.multiply, b.unary(.abs, x), 0.4))
        }
        try expect(["prelu"]) { b, x in
            let slopes = b.constant(Constant([0.1, 0.5, -0.2], [3]), role: "slopes")
            let negative = try b.binary(.minimum, x, 0)
            return try b.add(b.binary(.maximum, x, 0), b.multiply(slopes, negative))
        }
    }

    /// What is found for one is not taken for others of other constants or with operands in another order.
    @Test func functionsOfOneFormAreToldApart() throws {
        let result = try rewritten { b, x in
            func unit(_ slope: Double, reversed: Bool = false) throws -> ValueID {
                let negative = try b.binary(.multiply, b.unary(.relu, b.unary(.neg, x)), slope)
                let positive = try b.unary(.relu, x)
                return try reversed
                    ? b.subtract(negative, positive) : b.subtract(positive, negative)
            }
            return try b.concatenate(
                [unit(0.1), unit(0.3), unit(0.1), unit(0.3, reversed: true)], axis: 2)
        }
        #expect(result.operations.count { $0 == "leakyReLU" } == 3)
        #expect(result.operations.count { $0 == "subtract" } == 1)
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func clampsAndGates() throws {
        try expect(["relu"]) { b, x in
            try b.binary(.multiply, b.add(x, b.unary(.abs, x)), 0.5)
        }
        try expect(["relu6"]) { b, x in try b.unary(.relu6, b.unary(.relu, x)) }
        try expect(["sigmoid"]) { b, x in
            try b.divide(
                b.scalar(1, like: x), b.binary(.add, b.unary(.exp, b.unary(.neg, x)), 1))
        }
        try expect(["sigmoid", "multiply"]) { b, x in
            try b.divide(x, b.binary(.add, b.unary(.exp, b.unary(.neg, x)), 1))
        }
        try expect(["tanh"]) { b, x in
            let gate = try b.unary(.sigmoid, b.binary(.multiply, x, 2))
            return try b.binary(.subtract, b.binary(.multiply, gate, 2), 1)
        }
    }

    @Test func mishIsWrittenWithoutBounds() throws {
        try expect(["exp", "add", "log", "tanh", "multiply"]) { b, x in
            try b.multiply(x, b.unary(.tanh, b.softplus(x)))
        }
        #expect(try rewritten { b, x in try b.mish(x) }.report.firings == 0)
    }

    /// What differs at some magnitude, for some channel, or is read elsewhere, stays.
    @Test func othersStay() throws {
        func expectNone(_ build: (GraphBuilder, ValueID) throws -> ValueID) throws {
            #expect(try rewritten(build).report.firings == 0)
        }
        try expectNone { b, x in try b.binary(.minimum, b.binary(.maximum, x, -500), 500) }
        try expectNone { b, x in try b.unary(.log, b.binary(.add, b.unary(.exp, x), 1)) }
        try expectNone { b, x in try b.binary(.maximum, x, b.binary(.multiply, x, 1.2)) }
        try expectNone { b, x in try b.binary(.maximum, b.unary(.relu, x), 1e-12) }
        try expectNone { b, x in try b.unary(.sigmoid, b.binary(.maximum, x, -20)) }
        try expectNone { b, x in try b.select(b.binary(.notEqual, x, x), b.scalar(0, like: x), x) }
        try expectNone { b, x in try b.binary(.minimum, b.unary(.relu, x), 6.01) }
        try expectNone { b, x in
            let slopes = b.constant(Constant([0.1, 0.5, 1.5], [3]), role: "slopes")
            return try b.binary(.maximum, x, b.multiply(slopes, x))
        }
        try expectNone { b, x in
            let half = try b.binary(.multiply, x, 0.2)
            b.output(half, name: "half")
            return try b.binary(.maximum, x, half)
        }
    }
}
