import GraphIR
import Problems
import Testing

@Suite struct MalformedTextTests {
    @Test(arguments: [
        ("input x", "expected ':'"),
        ("input x: float33[1]", "element type 'float33'"),
        ("input x: float32[1,-2]", "not a number"),
        ("input x: float32[9999999999]", "not a number"),
        ("input x: float32[2000000000,2000000000]", "too large"),
        ("input x: float32[1", "expected ','"),
        ("input x: float32[1]\ninput x: float32[1]", "defined twice"),
        ("y = relu(x)", "not defined"),
        ("output x", "not defined"),
        ("input x: float32[1] \"a", "does not end"),
        ("input x: float32[1] rest", "left over"),
        ("input x: float32[4]\ny = frobnicate(x)", "no operation"),
        ("input x: float32[4]\ny = relu(x) {k: 1}", "no attribute 'k'"),
        ("input x: float32[4]\ny = concatenate(x)", "'axis' is missing"),
        ("input x: float32[4]\ny = concatenate(x) {axis: two}", "not a valid axis"),
        ("input x: float32[4]\ny = concatenate(x) {axis: 4294967296}", "not a valid axis"),
        ("input x: float32[4]\ny = concatenate(x) {axis: [1]}", "not a valid axis"),
        ("input x: float32[4]\ny = reshape(x) {shape: [[[[[[1]]]]]]}", "too deeply"),
        ("input x: float32[4]\ny = reshape(x) {shape: [2, 3]}", "does not fit"),
        ("input x: float32[?,0]\ny = reshape(x) {shape: [0, 5]}", "does not fit"),
        ("input x: float32[4]\ny = relu(x) : float32[5]", "not float32[5]"),
        ("input x: float32[4]\ny, z = relu(x)", "1 outputs"),
        ("input x: float32[1,2,2,1]\ny = pool2D(x) {kind: min}", "not a valid kind"),
        ("input x: float32[1,2,2,1]\ny = pool2D(x) {kind: max, strides: 0x0}", "positive"),
        ("constant c: float32[?] = fill(1)", "free extent"),
        ("constant c: float32[2] = [1]", "do not fill"),
        ("constant c: float32[1] = [one]", "not a valid float32"),
        ("constant c: int8[1] = [300]", "not a valid int8"),
        ("constant c: float32[1] = 0x0000", "do not fill"),
        ("constant c: float32[1] = 0x0000zz00", "not hexadecimal"),
        ("constant c: float32[30000,30000] = random(1)", "describes no elements"),
        ("constant c: int32[3] = random(1)", "describes no elements"),
        ("constant c: float32[3] =", "describes no elements"),
        ("input x: float32[3] @stored int8(1:0, 2:0, 3:0)", "need an axis"),
        ("input x: float32[3] @stored int8(one:0)", "'one' is not a number"),
        ("input x: float32[3] @stored half", "'half' is not a storage"),
    ])
    func eachFaultIsNamed(text: String, reason: String) {
        let problem = #expect(throws: Problem.self) { try Graph(parsing: text) }
        guard case .malformed("graph text", let message) = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(message.contains(reason), "\(message)")
        #expect(message.hasPrefix("line "))
    }

    /// Cutting or changing the text anywhere gives a graph or a problem, never a trap.
    @Test func damagedTextNeverTraps() {
        let characters = Array(EveryOperation.text.unicodeScalars)
        for (position, replacement) in zip(
            stride(from: 0, to: characters.count, by: 7), "0[]{}():,-\"x9=".unicodeScalars.cycled)
        {
            var damaged = characters
            damaged[position] = replacement
            for scalars in [damaged, Array(characters.prefix(position))] {
                var view = String.UnicodeScalarView()
                view.append(contentsOf: scalars)
                do {
                    _ = try Graph(parsing: String(view))
                } catch {
                    #expect(error is Problem)
                }
            }
        }
    }
}

extension Collection {
    /// The elements over and over.
    fileprivate var cycled: some Sequence<Element> {
        sequence(state: startIndex) { index in
            if index == endIndex { index = startIndex }
            defer { formIndex(after: &index) }
            return self[index]
        }
    }
}
