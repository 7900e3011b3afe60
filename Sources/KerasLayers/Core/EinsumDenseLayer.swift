import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `EinsumDense`: activation(einsum(equation, x, kernel) + bias).
///
/// Weights: kernel with the extents of its letters in the equation, bias with those of `bias_axes`.
struct EinsumDenseLayer: KerasLayer {
    static let classNames = ["EinsumDense"]

    static let support = LayerSupport(.keras2 ... .keras3)

    let equation: EinsumEquation
    /// The extents of the result without the batch axis; nil if they follow from the input.
    let outputExtents: [Int?]
    let biasLetters: [Character]
    let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        let text = try config.string("equation")
        guard let equation = EinsumEquation(text) else {
            throw Problem(
                .invalidField("equation", value: text, expected: "a form like \"ab,bc->ac\""))
        }
        self.equation = equation
        outputExtents = try config.extents("output_shape").map { $0 < 0 ? nil : $0 }
        biasLetters =
            config.has("bias_axes") ? Array(try config.string("bias_axes")) : []
        activation = try config.activation(context)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let terms = try equation.expanded(inputRank: shape.rank)
        var extents = Dictionary(
            zip(terms.input, shape.dims), uniquingKeysWith: { first, _ in first })
        for (letter, extent) in zip(terms.output, statedExtents(terms)) {
            if let extent, extents[letter] == nil { extents[letter] = extent }
        }
        func shapeOf(_ letters: [Character]) throws -> [Int] {
            try letters.map { letter in
                guard let extent = extents[letter], extent != Shape.free else {
                    throw Problem.unknownSpatialSize
                }
                return extent
            }
        }
        var specs = [WeightSpec("kernel", dims: try shapeOf(terms.kernel))]
        if let first = terms.output.firstIndex(where: biasLetters.contains) {
            let dims = try terms.output[first...].map {
                biasLetters.contains($0) ? try shapeOf([$0])[0] : 1
            }
            specs.append(WeightSpec("bias", dims: dims))
        }
        return specs
    }

    /// The extents of the result as Keras takes `output_shape`: behind the batch axis, and behind the axes that `...` at
    /// the front stands for; what it states beyond the letters of the equation does not count.
    private func statedExtents(_ terms: EinsumEquation.Terms) -> [Int?] {
        let elided = terms.output.prefix { $0.isNumber }.count
        return [nil] + Array(repeating: nil, count: max(elided - 1, 0)) + outputExtents
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let terms = try equation.expanded(inputRank: builder.shape(of: x).rank)
        var y = try contraction(x, call.weight("kernel"), terms, in: builder)
        if let bias = call.weights["bias"] {
            y = try builder.add(y, builder.constant(bias, role: "bias"))
        }
        return [try activation.apply(to: y, in: builder)]
    }

    /// The contraction as one matrix product: x as `[kept…, K]`, the kernel as `[K, new]`.
    private func contraction(
        _ x: ValueID, _ kernel: Constant, _ terms: EinsumEquation.Terms, in builder: GraphBuilder
    ) throws -> ValueID {
        let contracted = terms.kernel.filter { terms.input.contains($0) }
        let new = terms.kernel.filter { !terms.input.contains($0) }
        let kept = terms.input.filter { !contracted.contains($0) }
        guard !contracted.contains(where: terms.output.contains),
            kept.allSatisfy(terms.output.contains), new.allSatisfy(terms.output.contains)
        else {
            let weight = builder.constant(kernel, role: "kernel")
            return try builder.contracted(
                (x, terms.input), (weight, terms.kernel), to: terms.output)
        }
        let positions = (kept + contracted).map { terms.input.firstIndex(of: $0) ?? 0 }
        let moved = try builder.transpose(x, positions)
        let keptExtents = positions.prefix(kept.count).map { builder.extent($0, of: x) }
        let kernelOrder = (contracted + new).map { terms.kernel.firstIndex(of: $0) ?? 0 }
        let ordered = kernel.permuted(kernelOrder)
        let inner = Shape(Array(ordered.shape.dims.prefix(contracted.count))).elementCount
        let newDims = Array(ordered.shape.dims.dropFirst(contracted.count))
        let matrix = ordered.reshaped([inner, Shape(newDims).elementCount]).permuted([1, 0])
        let flat =
            contracted.count == 1
            ? moved : try builder.reshape(moved, keptExtents + [.known(inner)])
        let product = try builder.add(
            .fullyConnected(FullyConnected()), [flat, builder.constant(matrix, role: "kernel")])
        let unfolded =
            new.count == 1
            ? product : try builder.reshape(product, keptExtents + newDims.map { .known($0) })
        let letters = kept + new
        return try builder.transpose(
            unfolded, terms.output.map { letters.firstIndex(of: $0) ?? 0 })
    }
}
