import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `SinePositionEncoding`: sines and cosines of positions, in the shape of the input `[N, steps, D]`.
///
/// With wₖ = max_wavelength^(−2⌊k/2⌋ / D), element k of position p is sin(p · wₖ) for even k and cos(p · wₖ) for odd k.
struct SinePositionEncodingLayer: KerasLayer {
    static let classNames = KerasHubNames.names(of: "SinePositionEncoding")

    static let support = LayerSupport(package: "keras-hub", .keras2 ... .keras3)

    private let wavelength: Double

    init(config: LayerConfig, context: LayerContext) throws {
        wavelength = try config.double("max_wavelength", default: 10000)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        guard shape.rank >= 2 else { throw Problem(.invalidShape("an input of shape \(shape)")) }
        let size = try shape.knownExtent(-1)
        let angles = try builder.angles(
            ofPositionsAlong: shape.rank - 2, of: x, first: call.firstPosition(),
            frequencies: (0..<size).map { pow(wavelength, -Double($0 / 2 * 2) / Double(size)) })
        let isOdd = builder.constant(
            Constant(
                Tensor(dtype: .float64, shape: [size], copying: (0..<size).map { Double($0 % 2) }),
                as: .bool), role: "odd")
        let waves = try builder.select(
            isOdd, builder.unary(.cos, angles), builder.unary(.sin, angles))
        return [try builder.broadcast(waves, builder.extents(of: x))]
    }
}

extension CallContext {
    /// The position of the first step, which calls of layers of keras-hub may state.
    ///
    /// - Throws: `Problem.Kind.unsupported` for positions that are tensors.
    func firstPosition() throws -> Int {
        guard keywords["positions"]?.tensors.isEmpty ?? true, inputs.count == 1 else {
            throw Problem(
                .unsupported(
                    what: "the argument 'positions' is not supported",
                    remedy: "Save the model without stated positions."))
        }
        guard case .int(let first)? = keywords["start_index"]?.json else { return 0 }
        return Int(first)
    }
}

extension GraphBuilder {
    /// `[steps, frequencies]`: the positions along an axis of x, from `first` on, times each frequency.
    func angles(
        ofPositionsAlong axis: Int, of x: ValueID, first: Int, frequencies: [Double]
    ) throws -> ValueID {
        let count = shape(of: x)[axis]
        if count != Shape.free {
            let size = try checkedProduct(count, frequencies.count, "the positions")
            guard size < 1 << 26 else {
                throw Problem(.tooLarge(what: "the positions", value: "\(count)"))
            }
            let values = (0..<count).flatMap { step in
                frequencies.map { Double(first + step) * $0 }
            }
            return constant(Constant(values, [count, frequencies.count]), role: "angles")
        }
        let positions = try cast(add(.positions(Positions(axis: axis)), [x]), to: .float32)
        let shifted = first == 0 ? positions : try binary(.add, positions, Double(first))
        return try multiply(
            expandDimension(shifted, at: 1),
            constant(Constant(frequencies, [frequencies.count]), role: "frequencies"))
    }
}
