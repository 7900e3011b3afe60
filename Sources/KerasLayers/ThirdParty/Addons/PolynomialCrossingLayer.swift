import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `PolynomialCrossing`: x₀ · (x · kernel + diag_scale · x) + x + bias.
///
/// Inputs: x₀ and x. Weights: kernel `(D, D)`, or kernel_u `(D, P)` and kernel_v `(P, D)` with a projection; bias `(D)`.
struct PolynomialCrossingLayer: CompositeLayer {
    static let classNames = ["Addons>PolynomialCrossing"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    let context: LayerContext
    let projection: Int?
    let diagonal: Double
    let usesBias: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        projection = try config.optionalInt("projection_dim", in: ConfigLimits.size)
        diagonal = try config.double("diag_scale", default: 0)
        usesBias = try config.bool("use_bias", default: true)
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        guard call.inputs.count == 2 else {
            throw Problem(.invalidShape("the layer got \(call.inputs.count) inputs, not 2"))
        }
        let (first, x, builder) = (call.inputs[0], call.inputs[1], call.builder)
        let width = try builder.shape(of: x).knownExtent(-1)
        var product: ValueID
        if let projection {
            let rows = try call.weight("kernel_u", dims: [width, projection], isTrainable: true)
            let columns = try call.weight("kernel_v", dims: [projection, width], isTrainable: true)
            product = try call.scope.dense(
                call.scope.dense(x, kernel: rows, bias: nil), kernel: columns, bias: nil)
        } else {
            let kernel = try call.weight("kernel", dims: [width, width], isTrainable: true)
            product = try call.scope.dense(x, kernel: kernel, bias: nil)
        }
        if diagonal != 0 {
            product = try builder.add(product, builder.binary(.multiply, x, diagonal))
        }
        let y = try builder.add(builder.multiply(first, product), x)
        guard usesBias else { return [y] }
        return [try builder.add(y, call.weight("bias", dims: [width], isTrainable: true))]
    }
}
