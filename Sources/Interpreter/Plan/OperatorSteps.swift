import Cost
import Foundations
import TFLiteFormat
import Tensors

/// The steps that a run of an operator draws from a budget, each of about a nanosecond.
struct OperatorSteps {
    private let name: BuiltinOperator
    private let options: (any OptionsTable)?
    private let inputs: [Operand?]
    private let outputs: [Operand]

    private static let own = 200
    private static let bytesPerStep = 4
    /// Products of floats and of 8-bit integers are computed several at a time.
    private static let productsPerStep = 16

    /// - Parameters:
    ///   - inputs: nil for those that are absent.
    ///   - outputs: all that are written.
    init(
        _ name: BuiltinOperator, _ options: (any OptionsTable)?, _ inputs: [Operand?],
        _ outputs: [Operand]
    ) {
        self.name = name
        self.options = options
        self.inputs = inputs
        self.outputs = outputs
    }

    /// The steps of the operator without those of subgraphs that it runs.
    var count: Int {
        let products = OperatorProducts(
            name, options, inputs: inputs.map { $0?.shape.dims ?? [] },
            output: outputs.first?.shape.dims ?? []
        ).count
        return [Self.own, bytes / Self.bytesPerStep, products / productsPerStep, visits]
            .reduce(0, saturatingSum)
    }

    /// The bytes that are read and written.
    private var bytes: Int {
        let written = outputs.reduce(0) { saturatingSum($0, $1.byteCount) }
        switch name {
        case .gather, .gatherND, .slice, .stridedSlice, .embeddingLookup:
            return written
        case .dynamicUpdateSlice:
            // Loops write a part of a value in place.
            return saturatingSum(
                saturatingProduct(2, input(1)?.byteCount ?? 0), written / Self.productsPerStep)
        default:
            return inputs.reduce(written) { saturatingSum($0, $1?.byteCount ?? 0) }
        }
    }

    private func input(_ position: Int) -> Operand? {
        inputs.indices.contains(position) ? inputs[position] : nil
    }

    private var productsPerStep: Int {
        switch (name, outputs.first?.dtype) {
        case (.conv3D, _), (.conv3DTranspose, _): 1
        case (_, .float32), (_, .int8), (_, .uint8): Self.productsPerStep
        default: 1
        }
    }

    /// How often elements are looked at beyond once, for operators that do so.
    private var visits: Int {
        let results = outputs.reduce(0) { saturatingSum($0, $1.count) }
        let elements = input(0)?.count ?? 0
        switch name {
        case .averagePool2D, .maxPool2D, .l2Pool2D:
            guard let pool = options as? Pool2DOptions else { return 0 }
            return saturatingProduct(
                results,
                min(
                    elements,
                    saturatingProduct(max(pool.filterWidth, 0), max(pool.filterHeight, 0))))
        case .reduceWindow:
            return saturatingProduct(results, windowCount)
        case .localResponseNormalization:
            guard let options = options as? LocalResponseNormalizationOptions else { return 0 }
            let channels = input(0)?.shape.dims.last ?? 1
            return saturatingProduct(
                elements, min(channels, saturatingProduct(2, max(options.radius, 0))))
        case .nonMaxSuppressionV4, .nonMaxSuppressionV5:
            return saturatingProduct(elements, outputs.first?.count ?? 0)
        case .topKV2, .unique, .rfft2D: return saturatingProduct(elements, 64)
        default: return 0
        }
    }

    /// The elements of the windows of REDUCE_WINDOW.
    private var windowCount: Int {
        guard let window = input(2), window.dtype == .int64, let known = window.known else {
            return 0
        }
        return known.elements(Int64.self).reduce(1) {
            saturatingProduct($0, Int(clamping: $1))
        }
    }
}
