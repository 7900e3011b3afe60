import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct WindowAxisTests {
    @Test func sameCoversTheInputWithTheExtraAfter() throws {
        let even = try #require(WindowAxis(input: 8, kernel: 3, stride: 2, padding: .same))
        #expect((even.output, even.padBefore, even.padAfter) == (4, 0, 1))
        let odd = try #require(WindowAxis(input: 7, kernel: 3, stride: 2, padding: .same))
        #expect((odd.output, odd.padBefore, odd.padAfter) == (4, 1, 1))
        let dilated = try #require(
            WindowAxis(input: 10, kernel: 3, dilation: 3, padding: .same))
        #expect((dilated.output, dilated.padBefore, dilated.padAfter) == (10, 3, 3))
    }

    @Test func strideBeyondTheKernelNeverPadsNegatively() throws {
        let axis = try #require(WindowAxis(input: 7, kernel: 1, stride: 3, padding: .same))
        #expect((axis.output, axis.padBefore) == (3, 0))
    }

    @Test func windowsLargerThanTheInputGiveNothing() throws {
        let axis = try #require(WindowAxis(input: 2, kernel: 3, padding: .valid))
        #expect(axis.output == 0)
    }

    @Test func extentsOutOfRangeAreRefused() {
        #expect(WindowAxis(input: 5, kernel: 3, stride: 0, padding: .same) == nil)
        #expect(WindowAxis(input: 5, kernel: 0, padding: .same) == nil)
        #expect(WindowAxis(input: .max, kernel: 3, padding: .same) == nil)
    }

    @Test func tapsAreThoseThatReadInside() {
        withEvery(
            Choice("input", [1, 4, 9]), Choice("kernel", [1, 2, 5]), Choice("stride", [1, 3]),
            Choice("dilation", [1, 2]), Choice("before", [-1, 0, 3, 6])
        ) { input, kernel, stride, dilation, before in
            guard
                let axis = WindowAxis(
                    input: input, kernel: kernel, output: 6, stride: stride, dilation: dilation,
                    padBefore: before)
            else { return #expect(Bool(false), "\(Combination.current)") }
            for output in 0..<6 {
                let inside = (0..<kernel).filter {
                    (0..<input).contains(output * stride + $0 * dilation - before)
                }
                #expect(Array(axis.taps(at: output)) == inside, "\(Combination.current)")
            }
        }
    }
}
