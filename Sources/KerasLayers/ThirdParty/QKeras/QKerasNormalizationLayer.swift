import GraphIR
import KerasFormat
import Tensors

/// `QBatchNormalization` of QKeras: a batch normalization with quantized parameters and statistics.
///
/// Weights: those of `BatchNormalization`, not quantized.
struct QKerasNormalizationLayer: QuantizedWeightsLayer {
    static let classNames = ["QBatchNormalization"]

    static let support = LayerSupport(package: "QKeras", .keras2 ... .keras2)

    let layer: any KerasLayer
    let quantizers: [String: PackageQuantizer]

    init(config: LayerConfig, context: LayerContext) throws {
        let roles = [
            "gamma_quantizer": "gamma", "beta_quantizer": "beta", "mean_quantizer": "moving_mean",
            "variance_quantizer": "moving_variance",
        ]
        quantizers = try Dictionary(
            uniqueKeysWithValues: roles.compactMap { field, role in
                try QKerasQuantizer(config[field])?.quantizer(isKernel: false).map { (role, $0) }
            })
        layer = try context.layer(ofClass: "BatchNormalization", replacing: [:])
    }

    func prepared(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID { x }

    func finished(_ y: ValueID, in builder: GraphBuilder) throws -> ValueID { y }
}
