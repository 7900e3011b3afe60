import TestSupport
import Tensors
import Testing

@Suite struct DifferenceTests {
    @Test func equalValuesDoNotDiffer() {
        let values: [Double] = [1, -2, 0, .infinity, -.infinity, .nan]
        let difference = Difference(values, values)
        #expect(difference.absolute == 0)
        #expect(difference.relative == 0)
        #expect(difference.mismatches == 0)
        #expect(Difference([Float](), []).relative == 0)
    }

    @Test func differencesAreRelativeToTheSpreadOfTheExpectedValues() {
        let difference = Difference([-1.5, 1, -1, 1], [-1, 1, -1, 1])
        #expect(difference.absolute == 0.5)
        #expect(difference.spread == 1)
        #expect(difference.relative == 0.5)
        #expect(Difference([9.0, -9, 0], [10, -10, .nan]).spread == 10)
        #expect(Difference([9.5, -10], [10, -10]).relativeToMagnitude == 0.05)
    }

    @Test func valuesThatHardlyVaryAreMeasuredByTheirSize() {
        #expect(Difference([4.0, 5], [4, 4]).relative == 0.25)
        #expect(Difference([-4.0], [-5]).relative == 0.2)
        #expect(Difference([1000.0, 1001], [1000, 1000.5]).spread == 1.0005)
        #expect(Difference([0, 1e-30], [0.0, 0]).relative > 1)
    }

    @Test(arguments: 0..<4)
    func nanMatchesNaNAlone(position: Int) {
        let numbers = [1.0, 2, 3, 4]
        var spoiled = numbers
        spoiled[position] = .nan
        for (actual, expected) in [(spoiled, numbers), (numbers, spoiled)] {
            let difference = Difference(actual, expected)
            #expect(difference.mismatches == 1)
            #expect(difference.absolute == .infinity)
            #expect(difference.relative == .infinity)
        }
        #expect(Difference(spoiled, spoiled).relative == 0)
    }

    @Test(arguments: [1.0, -.infinity, .nan])
    func infinityMatchesTheSameInfinityAlone(other: Double) {
        #expect(Difference([0, other], [0, .infinity]).relative == .infinity)
        #expect(Difference([0, .infinity], [0, other]).relative == .infinity)
        #expect(Difference([0.5, .infinity], [0, .infinity]).absolute == 0.5)
    }

    @Test func aResultOfNothingButNaNDiffers() {
        let nothing = [Float](repeating: .nan, count: 5)
        #expect(Difference(nothing, [1, 2, 3, 4, 5]).mismatches == 5)
        #expect(Difference(nothing, [0, 0, 0, 0, 0]).relative == .infinity)
    }

    @Test func countsHaveToAgree() {
        #expect(Difference([1.0, 2], [1]).relative == .infinity)
        #expect(Difference([Float](), [1]).relative == .infinity)
    }

    @Test func shapesAndTypesOfTensorsHaveToAgree() {
        let tensor = Tensor(dtype: .float32, shape: [2, 2], copying: [1, 2, 3, 4] as [Float])
        let flat = Tensor(dtype: .float32, shape: [4], copying: [1, 2, 3, 4] as [Float])
        let whole = Tensor(dtype: .int32, shape: [2, 2], copying: [1, 2, 3, 4] as [Int32])
        let other = Tensor(dtype: .float32, shape: [2, 2], copying: [1, 2, 3, 7] as [Float])
        #expect(Difference(tensor, tensor).relative == 0)
        #expect(Difference(other, tensor) == Difference([1.0, 2, 3, 7], [1, 2, 3, 4]))
        #expect(Difference(flat, tensor).relative == .infinity)
        #expect(Difference(whole, tensor).relative == .infinity)
    }
}
