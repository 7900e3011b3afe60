import Evaluation
import Foundations
import GraphIR
import Tensors

/// How well the values of a quantized graph agree with those of the real one, layer by layer.
package struct LayerAgreement: Sendable {
    /// The Keras layer.
    package let layer: String
    /// The ratio of signal to noise, in decibels.
    package let signalToNoise: Double
    /// Which part of the elements lies beyond what the integers reach.
    package let saturatedPart: Double

    private struct Sums {
        var (signal, noise) = (0.0, 0.0)
        var (saturated, count) = (0, 0)
    }

    /// The agreement of each layer whose last value is stored as integers, in running order.
    ///
    /// - Parameter reference: the real graph, whose values have the same identities.
    /// - Throws: `Problem` if a sample cannot be run.
    package static func layers(
        of quantized: Graph, against reference: Graph, on samples: [[Tensor]], threads: ThreadBudget
    ) throws -> [LayerAgreement] {
        let real = GraphEvaluator(reference, precision: .fast, threads: threads.count)
        let rounded = GraphEvaluator(quantized, precision: .fast, threads: threads.count)
        let limits = limits(of: quantized, against: reference)
        let read = limits.keys.reduce(into: [ValueID: ClosedRange<Float>]()) { read, id in
            read[id] = ReadRanges.read(id, in: reference).map {
                Float($0.lowerBound)...Float($0.upperBound)
            }
        }
        var sums: [ValueID: Sums] = [:]
        for inputs in samples {
            var expected: [ValueID: [Float]] = [:]
            _ = try real.run(inputs) { id, tensor in
                if limits[id] != nil { expected[id] = tensor.array(of: Float.self) }
            }
            _ = try rounded.run(inputs) { id, tensor in
                guard let values = expected.removeValue(forKey: id), let limit = limits[id] else {
                    return
                }
                var sum = sums[id] ?? Sums()
                let read = read[id] ?? -Float.infinity...Float.infinity
                for (all, a) in zip(values, tensor.array(of: Float.self)) {
                    let e = min(max(all, read.lowerBound), read.upperBound)
                    sum.signal += Double(e) * Double(e)
                    sum.noise += Double(e - a) * Double(e - a)
                    sum.saturated += limit.contains(e) ? 0 : 1
                }
                sum.count += values.count
                sums[id] = sum
            }
        }
        var last: [String: ValueID] = [:]
        var order: [String] = []
        for node in reference.nodes where sums[node.output] != nil {
            if last.updateValue(node.output, forKey: node.layer) == nil { order.append(node.layer) }
        }
        return order.compactMap { layer in
            guard let sum = last[layer].flatMap({ sums[$0] }), sum.signal > 0 else { return nil }
            return LayerAgreement(
                layer: layer, signalToNoise: 10 * log10(sum.signal / max(sum.noise, 1e-30)),
                saturatedPart: Double(sum.saturated) / Double(max(sum.count, 1)))
        }
    }

    /// The numbers that the integers of each value reach, half a step beyond the ends included.
    private static func limits(
        of quantized: Graph, against reference: Graph
    ) -> [ValueID: ClosedRange<Float>] {
        var limits: [ValueID: ClosedRange<Float>] = [:]
        for node in reference.nodes {
            for id in node.outputs where quantized.values.indices.contains(id.index) {
                guard case .integer(let bits, let isSigned, _) = quantized[id].storage,
                    let scale = quantized[id].storage.scale,
                    let zeroPoint = quantized[id].storage.zeroPoint
                else { continue }
                let least = isSigned ? -(1 << (bits - 1)) : 0
                let low = Float(least - zeroPoint) - 0.5
                limits[id] = scale * low...scale * (low + Float(1 << bits))
            }
        }
        return limits
    }
}
