import GraphIR
import KerasImport
import Passes
import TFLiteFormat
import TFLiteLowering

/// Gathers what the steps of a conversion found.
struct ReportBuilder {
    let imported: ImportedModel
    let optimized: Graph
    let optimization: OptimizationReport
    let lowered: LoweredModel
    let output: String
    let fileSize: Int
    let verification: VerificationReport?
    let warnings: [String]
    let timing: ConversionReport.Timing

    /// The report.
    var report: ConversionReport {
        ConversionReport(
            model: imported.graph.name, kerasVersion: imported.version.text, output: output,
            fileSize: fileSize, inputs: imported.graph.described(imported.graph.inputs),
            outputs: imported.graph.described(imported.graph.outputs),
            passes: optimization.passes.map { pass in
                ConversionReport.Pass(
                    name: pass.name, changes: pass.firings,
                    notes: pass.notes.map { "\($0.layer): \($0.reason)" })
            },
            before: size(imported.graph), after: sizeAfter, operators: operators,
            batchNormalizations: batchNormalizations, verification: verification,
            warnings: warnings, timing: timing)
    }

    private func size(_ graph: Graph) -> ConversionReport.Size {
        let cost = graph.cost
        return ConversionReport.Size(
            operators: cost.operations, parameters: cost.parameters,
            parameterBytes: cost.parameterBytes, multiplyAccumulates: cost.multiplyAccumulates)
    }

    /// The optimized graph's size, with the operators that were really written.
    private var sizeAfter: ConversionReport.Size {
        let cost = optimized.cost
        return ConversionReport.Size(
            operators: operators.count, parameters: cost.parameters,
            parameterBytes: cost.parameterBytes, multiplyAccumulates: cost.multiplyAccumulates)
    }

    private var operators: [ConversionReport.Operator] {
        let model = lowered.model
        return zip(model.subgraphs[0].operators, lowered.operatorLayers).map { node, layer in
            ConversionReport.Operator(
                name: model.name(of: node), version: model.operatorCodes[node.opcodeIndex].version,
                layer: layer)
        }
    }

    private var batchNormalizations: ConversionReport.BatchNormalizationCount {
        ConversionReport.BatchNormalizationCount(
            total: optimization.batchNormalizationCount,
            left: optimization.remainingBatchNormalizations.count)
    }
}
