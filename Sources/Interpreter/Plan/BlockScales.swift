import Problems
import TFLiteFormat
import Tensors

/// The scales of blocks of weights, which a file holds in tensors of their own.
enum BlockScales {
    /// The model with the scales of blocks in the quantization of the tensors that they belong to.
    ///
    /// - Throws: `Problem.Kind.malformed` if scales are missing or do not fit.
    static func reading(in model: TFLiteModel) throws -> TFLiteModel {
        var result = model
        for (index, graph) in model.subgraphs.enumerated() {
            for tensor in graph.tensorIndices {
                guard let blocks = graph[tensor].quantization?.details?.blocks else { continue }
                let scales = try scales(blocks, of: graph[tensor], in: graph, model)
                result.subgraphs[index][tensor].quantization?.scale = scales
                result.subgraphs[index][tensor].quantization?.zeroPoint = scales.map { _ in 0 }
            }
        }
        return result
    }

    private static func scales(
        _ blocks: TFLiteQuantization.Blocks, of tensor: TFLiteTensor, in graph: TFLiteSubgraph,
        _ model: TFLiteModel
    ) throws -> [Float] {
        func malformed(_ reason: String) -> Problem {
            Problem(.malformed(what: "tensor '\(tensor.name)'", reason: reason))
        }
        guard blocks.zeroPoints.isAbsent else { throw malformed("its blocks have zero points") }
        guard graph.tensors.indices.contains(blocks.scales.position) else {
            throw malformed("its blocks have no scales")
        }
        let scales = graph[blocks.scales]
        let count = Shape(tensor.shape).elementCount / max(blocks.length, 1)
        guard scales.type == .float16, Shape(scales.shape).elementCount == count,
            blocks.length > 0, let source = model.source(of: scales), source.byteCount == count * 2
        else { throw malformed("the scales of its blocks do not fit") }
        let floats = try source.bytes().withUnsafeBytes { bytes in
            (0..<count).map {
                Half.float(
                    fromBinary16: bytes.loadUnaligned(fromByteOffset: $0 * 2, as: UInt16.self))
            }
        }
        guard floats.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
            throw malformed("a scale of its blocks is not finite")
        }
        return floats
    }
}
