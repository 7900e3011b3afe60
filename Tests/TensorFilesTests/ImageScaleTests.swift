import Interpreter
import TensorFiles
import TestSupport
import Tensors
import Testing

struct ImageScaleTests {
    private let image = Repository.testdata("images/color.png")

    @Test func scalesEachChannel() throws {
        let pixels = Constant(try ImageScale().array(image, channels: 3)).doubles()
        let scale = ImageScale(mean: [10, 20, 30], deviation: [2, 4, 8])
        let scaled = Constant(try scale.array(image, channels: 3)).doubles()
        #expect(pixels.count == 6 * 7 * 3 && Set(pixels).count > 10)
        for (index, pixel) in pixels.enumerated() {
            let channel = index % 3
            #expect(scaled[index] == (pixel - [10, 20, 30][channel]) / [2, 4, 8][channel])
        }
    }

    @Test func oneNumberStandsForAllChannels() throws {
        let one = try ImageScale(mean: [127.5], deviation: [127.5]).array(image, channels: 3)
        let three = ImageScale(mean: [127.5, 127.5, 127.5], deviation: [127.5, 127.5, 127.5])
        #expect(Constant(one).doubles() == Constant(try three.array(image, channels: 3)).doubles())
    }

    @Test func refusesOtherCounts() {
        #expect(throws: (any Error).self) {
            try ImageScale(mean: [1, 2]).array(image, channels: 3)
        }
    }
}
