import GraphIR
import KerasFormat
import Problems
import Tensors

/// `WindowAttentionMask`: attention scores of shifted windows `[N · windows, heads, T, T]`, less 100 for pairs of pixels that were
/// not neighbours before the shift.
struct WindowAttentionMaskLayer: KerasLayer {
    static let classNames = ["swinv2>WindowAttentionMask", "kecam>WindowAttentionMask"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    /// Sizes along the rows and along the columns.
    private let image: [Int]
    private let window: [Int]
    private let shift: [Int]

    init(config: LayerConfig, context: LayerContext) throws {
        image = [try config.size("height"), try config.size("width")]
        window = [try config.size("window_height"), try config.size("window_width")]
        shift = try ["shift_height", "shift_width"].map {
            try config.int($0, default: 0, in: 0...Int(Int32.max))
        }
        guard zip(image, window).allSatisfy({ $0 % $1 == 0 }),
            zip(window, shift).allSatisfy({ $0 >= $1 })
        else {
            throw Problem(
                .invalidField(
                    "window_height", value: "\(window)",
                    expected: "sizes that divide \(image) and are not less than the shift \(shift)")
            )
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        let positions = window[0] * window[1]
        let windows = image[0] / window[0] * (image[1] / window[1])
        let heads = builder.extent(1, of: x)
        guard builder.shape(of: x)[2] == positions, builder.shape(of: x)[3] == positions else {
            throw Problem(.invalidShape("scores of shape \(builder.shape(of: x))"))
        }
        let apart = try builder.reshape(
            x, [.rest, .known(windows), heads, .known(positions), .known(positions)])
        let mask = builder.constant(
            Constant(try mask(), [1, windows, 1, positions, positions]), role: "mask")
        return [try builder.reshape(builder.add(apart, mask), builder.extents(of: x))]
    }

    /// −100 or 0 for each window and pair of its pixels.
    private func mask() throws -> [Double] {
        let (height, width) = (window[0], window[1])
        let count = try checkedProduct(image[0], image[1], "the image")
        try checkList(checkedProduct(count, height * width, "the mask"), "the mask")
        /// Which of the three parts of an axis a pixel is in.
        func part(_ pixel: Int, _ axis: Int) -> Int {
            (pixel < image[axis] - window[axis] ? 0 : 1)
                + (pixel < image[axis] - shift[axis] ? 0 : 1)
        }
        return (0..<image[0] / height).flatMap { row in
            (0..<image[1] / width).flatMap { column -> [Double] in
                let regions = (0..<height * width).map { pixel in
                    part(row * height + pixel / width, 0) * 3
                        + part(column * width + pixel % width, 1)
                }
                return regions.flatMap { a in regions.map { a == $0 ? 0 : -100 } }
            }
        }
    }
}
