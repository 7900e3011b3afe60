import Foundations
import Testing

@Suite struct NamesTests {
    @Test("repeated names get the smallest free number")
    func uniqueNames() {
        var names = UniqueNames()
        #expect(names.unique("a_1") == "a_1")
        #expect(names.unique("a") == "a")
        #expect(names.unique("a") == "a_2")
        #expect(names.unique("a") == "a_3")
        #expect(names.unique("a_1") == "a_1_1")
    }

    @Test("the nearest name has the fewest edits, and at most half of its letters differ")
    func nearestName() {
        let names = ["Conv1D", "Conv2D", "Dense"]
        #expect(NearestName.nearest(to: "conv2d", among: names) == "Conv2D")
        #expect(NearestName.nearest(to: "Conv4D", among: names) == "Conv1D")
        #expect(NearestName.nearest(to: "Dens", among: names) == "Dense")
        #expect(NearestName.nearest(to: "Softmax", among: names) == nil)
        #expect(NearestName.nearest(to: "x", among: []) == nil)
    }
}
