import GraphIR
import TFLiteFormat
import Targets
import Tensors
import Testing

@Suite struct TargetTests {
    @Test func liteRTHasAnOperatorForEveryFunction() {
        let builtins =
            Binary.Kind.allCases.map(\.builtin) + Unary.Kind.allCases.map(\.builtin)
            + Reduce.Kind.allCases.map(\.builtin)
        for builtin in builtins { #expect(Target.liteRT[builtin] != nil, "\(builtin)") }
        #expect(Set(builtins).count == builtins.count)
    }

    @Test func versionsFollowTheRelease() {
        let old = Target(
            name: "old", release: "2.2.0", operators: [.conv2D: OperatorLimits()])
        #expect(old.runs(.conv2D, version: 3))
        #expect(!old.runs(.conv2D, version: 4))
        #expect(!old.runs(.add, version: 1))
        #expect(Target.liteRT.runs(.conv2D, version: 8))
        #expect(!Target.liteRT.runs(.conv2D, version: 9))
    }

    @Test func typesAreThoseOfTheOperator() {
        #expect(Target.liteRT.takes(.int64, .add))
        #expect(!Target.liteRT.takes(.int64, .div))
        #expect(Target.liteRT.takes(.bool, .reshape))
        #expect(!Target.liteRT.takes(.float32, .svdf))
    }

    @Test func aFewTensorsAreJoinedAtOnce() {
        func objection(_ count: Int, on target: Target) -> String? {
            let tensor = TFLiteTensor(name: "x", shape: [1, 4], type: .float32)
            return target.objection(
                to: OperatorUse(
                    .concatenation, version: 1,
                    inputs: [TFLiteTensor?](repeating: tensor, count: count), outputs: [tensor]))
        }
        #expect(objection(10, on: .micro) == nil && objection(64, on: .liteRT) == nil)
        #expect(objection(11, on: .micro) == "it has 11 inputs, of which 10 are possible")
    }
}
