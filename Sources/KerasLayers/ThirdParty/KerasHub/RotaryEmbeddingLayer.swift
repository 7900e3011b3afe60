import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `RotaryEmbedding`: pairs of features, half of the last axis apart, turned by an angle that grows with the position.
///
/// Pair k of position p is turned by p · max_wavelength^(−2k / D) / scaling_factor.
struct RotaryEmbeddingLayer: KerasLayer {
    static let classNames = KerasHubNames.names(of: "RotaryEmbedding")

    static let support = LayerSupport(
        package: "keras-hub", .keras2 ... .keras3, "features last, `rope_type` linear or dynamic")

    private let wavelength: Double
    private let scale: Double
    private let isDynamic: Bool
    private let sequenceAxis: Int

    init(config: LayerConfig, context: LayerContext) throws {
        wavelength = try config.double("max_wavelength", default: 10000)
        scale = try config.double("scaling_factor", default: 1)
        let type = try config.string("rope_type", default: "linear")
        guard type == "linear" || type == "dynamic" else {
            throw Problem(
                .invalidField("rope_type", value: type, expected: "linear or dynamic"))
        }
        isDynamic = type == "dynamic"
        sequenceAxis = try config.int("sequence_axis", default: 1)
        let features = try config.int("feature_axis", default: -1)
        guard features == -1 else {
            throw Problem(.invalidField("feature_axis", value: "\(features)", expected: "-1"))
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let (axis, last) = (try shape.checkedAxis(sequenceAxis), shape.rank - 1)
        let size = try shape.knownExtent(-1)
        guard size % 2 == 0, axis > 0, axis < last else {
            throw Problem(
                .invalidShape("the input has shape \(shape), expected an even last extent"))
        }
        let half = size / 2
        let divisor = isDynamic ? pow(scale, Double(size) / Double(max(1, size - 2))) : scale
        let angles = try builder.angles(
            ofPositionsAlong: axis, of: x, first: call.firstPosition(),
            frequencies: (0..<half).map {
                pow(wavelength, -2 * Double($0) / Double(size)) / divisor
            })
        func factors(_ kind: Unary.Kind) throws -> ValueID {
            let waves = try builder.unary(kind, angles)
            let both = try builder.concatenate([waves, waves], axis: 1)
            let ones = [Extent](repeating: .known(1), count: last - axis - 1)
            return try builder.reshape(
                both, [builder.extent(axis, of: x)] + ones + [.known(size)])
        }
        let first = try builder.slice(x, axis: last, from: 0, count: half)
        let second = try builder.slice(x, axis: last, from: half, count: half)
        let turned = try builder.concatenate([builder.unary(.neg, second), first], axis: last)
        return [
            try builder.add(
                builder.multiply(x, factors(.cos)), builder.multiply(turned, factors(.sin)))
        ]
    }
}
