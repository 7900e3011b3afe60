import GraphIR
import Tensors

/// The ranges that a model brings along from training with rounded numbers.
package enum TrainedRanges {
    /// Whether values of a graph have such ranges.
    package static func exist(in graph: Graph) -> Bool {
        graph.values.contains { $0.trainedRange != nil }
    }

    /// The ranges of values that have one, and of those that follow from them: what is moved keeps its range, and some
    /// operations prescribe that of their results.
    package static func ranges(of graph: Graph) -> [ValueID: ObservedRange] {
        var ranges: [ValueID: ObservedRange] = [:]
        for value in graph.values {
            if let range = value.trainedRange {
                ranges[value.id] = ObservedRange(range.low, range.high)
            }
        }
        for node in graph.nodes where ranges[node.output] == nil {
            switch node.op.payload.quantizationRule {
            case .sameAsInput: ranges[node.output] = ranges[node.inputs[0]]
            case .fixed(let fixed):
                ranges[node.output] = ObservedRange(
                    fixed.scale * Double(-128 - fixed.zeroPoint),
                    fixed.scale * Double(127 - fixed.zeroPoint))
            case .free, .sameAsOutput, .floatOnly, .unscaled, .recurrent, .carried: break
            }
        }
        // What an operation joins has the range of the result.
        for node in graph.nodes.reversed()
        where node.op.payload.quantizationRule == .sameAsOutput
            || node.op.payload.quantizationRule == .sameAsInput
        {
            // Values that nothing else reads get it, even if training kept a range of their own.
            let isTrained =
                node.op.payload.quantizationRule == .sameAsOutput
                && graph[node.output].trainedRange != nil
            for input in node.inputs
            where !graph.isConstant(input)
                && (ranges[input] == nil || isTrained && !graph.hasSeveralReaders(input))
            {
                ranges[input] = ranges[node.output]
            }
        }
        return ranges
    }
}
