import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `NASCell` of tensorflow-addons, a cell that a search over architectures found.
///
///     x₀ … x₇ = split(x·K),  m₀ … m₇ = split(m·R + b)
///     u = tanh(tanh(σ(x₀ + m₀)·relu(x₁ + m₁)) + c)
///     v = tanh(σ(x₂ + m₂) + relu(x₃·m₃))
///     w = tanh(tanh(tanh(x₄ + m₄)·σ(x₅ + m₅)) + σ(tanh(x₆ + m₆) + σ(x₇ + m₇)))
///     c' = u·v,  m' = tanh(c'·w)·P
///
/// Weights: recurrent kernel R `(out, 8 · units)`, kernel K `(in, 8 · units)`, bias `(8 · units)`, projection P
/// `(units, out)` if there is one.
struct NASCell: RecurrentCell {
    private let units: Int
    private let projection: Int?
    private let usesBias: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        units = try config.size("units")
        projection = try config.optionalInt("projection", in: ConfigLimits.size)
        usesBias = try config.bool("use_bias", default: false)
    }

    var outputState: Int { 1 }

    private var outputSize: Int { projection ?? units }

    func weightSpecs(for input: TensorType) throws -> [WeightSpec] {
        let width = 8 * units
        var specs = [
            WeightSpec("recurrent_kernel", dims: [outputSize, width]),
            WeightSpec("kernel", dims: [try input.shape.knownExtent(-1), width]),
        ]
        if usesBias { specs.append(WeightSpec("bias", dims: [width])) }
        if let projection {
            specs.append(WeightSpec("projection_weights", dims: [units, projection]))
        }
        return specs
    }

    func stateShapes(for input: TensorType) throws -> [[Int]] { [[units], [outputSize]] }

    func prepare(_ weights: [Constant], in builder: GraphBuilder) throws -> any PreparedCell {
        Prepared(
            units: units,
            products: CellProducts(
                kernel: weights[1], recurrent: weights[0], bias: usesBias ? weights[2] : nil,
                in: builder),
            projection: projection.flatMap { _ in weights.last }.map {
                CellProduct($0, role: "projection", in: builder)
            })
    }

    private struct Prepared: PreparedCell {
        let units: Int
        let products: CellProducts
        let projection: CellProduct?

        func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID] {
            [try products.project(x, in: builder)]
        }

        func step(
            _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
        ) throws -> [ValueID] {
            let product = try products.addBias(
                to: products.recur(states[1], in: builder), in: builder)
            let m = try builder.gates(product, count: 8, units: units)
            let x = try builder.gates(projections[0], count: 8, units: units)
            func gate(_ kind: Unary.Kind, _ index: Int) throws -> ValueID {
                try builder.unary(kind, builder.add(x[index], m[index]))
            }
            func tanh(_ value: ValueID) throws -> ValueID { try builder.unary(.tanh, value) }
            let injected = try builder.add(
                tanh(builder.multiply(gate(.sigmoid, 0), gate(.relu, 1))), states[0])
            let kept = try builder.add(
                gate(.sigmoid, 2), builder.unary(.relu, builder.multiply(x[3], m[3])))
            let c = try builder.multiply(tanh(injected), tanh(kept))
            let left = try tanh(builder.multiply(gate(.tanh, 4), gate(.sigmoid, 5)))
            let right = try builder.unary(
                .sigmoid, builder.add(gate(.tanh, 6), gate(.sigmoid, 7)))
            let new = try tanh(builder.multiply(c, tanh(builder.add(left, right))))
            return [c, try projection?.apply(to: new, in: builder) ?? new]
        }
    }
}
