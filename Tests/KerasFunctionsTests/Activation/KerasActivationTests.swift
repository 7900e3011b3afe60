import KerasFormat
import KerasFunctions
import Problems
import Testing

@Suite struct KerasActivationTests {
    @Test func hardSigmoidDependsOnTheVersion() throws {
        let old = try KerasActivation(
            named: "hard_sigmoid", version: KerasVersion(generation: .keras2))
        let new = try KerasActivation(
            named: "hard_sigmoid", version: KerasVersion(generation: .keras3))
        #expect(old == .hardSigmoid)
        #expect(new == .steepHardSigmoid)
    }

    @Test func everyNameGivesItsFunction() throws {
        for (name, function) in KerasActivation.names {
            let found = try KerasActivation(
                named: name, version: KerasVersion(generation: .keras2))
            #expect(found == function, "\(name)")
        }
    }

    @Test func everyFunctionHasAName() {
        let named = Set(KerasActivation.names.map(\.value)).union([.steepHardSigmoid])
        #expect(named == Set(KerasActivation.allCases))
    }

    @Test(arguments: ["mystery", "steepHardSigmoid", "hard_sigmoid of Keras 3", ""])
    func otherNamesAreRefused(_ name: String) {
        #expect(throws: Problem.self) {
            try KerasActivation(named: name, version: KerasVersion(generation: .keras3))
        }
    }
}
