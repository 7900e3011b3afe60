import GraphIR
import Tensors

/// Turns a convolution whose filter is zero outside of blocks into a grouped or depthwise one.
///
///     before   x [N, H, W, 8] ─ Conv2D(w [8, 3, 3, 8], zero unless output = input) ─ y
///     after    x ─ DepthwiseConv2D(w [1, 3, 3, 8]) ─ y
///
///     before   x [N, H, W, 64] ─ Conv2D(w [64, 3, 3, 64], zero outside of 2 blocks of 32 channels) ─ y
///     after    x ─ Conv2D(w [64, 3, 3, 32], two groups) ─ y
///
/// Tools and initializers leave such filters. Requires that the cost model predicts less time. Exact for finite inputs.
package struct GroupConvolutions: Pass {
    package let name = "group-convolutions"
    package let summary =
        "Turns convolutions with filters that are zero outside of blocks into grouped and depthwise ones."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let (convolution, kernel) = node.denseConvolution(in: graph), kernel.channels > 1,
            kernel.outputs > 1, kernel.constant.shape.elementCount <= context.budget.weightElements,
            kernel.isZero(outputs: kernel.outputs - 1..<kernel.outputs, channels: 0..<1),
            kernel.isZero(
                outputs: 0..<1, channels: kernel.channels - 1..<kernel.channels)
        else { return .none }
        let elements = kernel.part()
        guard let groups = groupCount(kernel, elements) else { return .none }
        let (op, filter) = grouped(convolution, kernel, elements, groups)
        let constants = [filter.type] + node.inputs.dropFirst(2).map { graph[$0].type }
        guard try graph.predictsLess([(op, constants)], than: node, by: context.cost) else {
            return .refused("\(groups) groups are predicted to take longer")
        }
        return try .replacing(node, in: graph) { patch in
            let weights = patch.constant(filter, inPlaceOf: node.inputs[1])
            return try patch.add(op, [node.inputs[0], weights] + node.inputs.dropFirst(2))
        }
    }

    /// The most groups outside of which all elements are zero; nil if that is one.
    private func groupCount(_ kernel: KernelElements, _ elements: [Double]) -> Int? {
        let (outputs, channels) = (kernel.outputs, kernel.channels)
        var isUsed = [Bool](repeating: false, count: outputs * channels)
        for (index, element) in elements.enumerated() where element != 0 {
            isUsed[index / (kernel.taps * channels) * channels + index % channels] = true
        }
        return (2...min(outputs, channels)).reversed().first { groups in
            guard outputs % groups == 0, channels % groups == 0 else { return false }
            return isUsed.indices.allSatisfy { place in
                let (output, channel) = (place / channels, place % channels)
                return !isUsed[place]
                    || output / (outputs / groups) == channel / (channels / groups)
            }
        }
    }

    private func grouped(
        _ convolution: Conv2D, _ kernel: KernelElements, _ elements: [Double], _ groups: Int
    ) -> (Op, Constant) {
        let (outputs, taps, channels) = (kernel.outputs, kernel.taps, kernel.channels)
        if groups == channels {
            let op = DepthwiseConv2D(
                strides: convolution.strides, dilations: convolution.dilations,
                padding: convolution.padding, activation: convolution.activation)
            let multiplier = outputs / channels
            let windows = (0..<taps * outputs).map { place in
                let (tap, output) = (place / outputs, place % outputs)
                return elements[(output * taps + tap) * channels + output / multiplier]
            }
            return (op.op, Constant(windows, [1, kernel.height, kernel.width, outputs]))
        }
        let part = channels / groups
        let blocks = (0..<outputs * taps * part).map { place in
            let (output, tap) = (place / (taps * part), place / part % taps)
            let first = output / (outputs / groups) * part
            return elements[(output * taps + tap) * channels + first + place % part]
        }
        return (convolution.op, Constant(blocks, [outputs, kernel.height, kernel.width, part]))
    }
}

extension Node {
    /// The convolution that the node is, with its constant filter; nil for other nodes, and for one in groups.
    func denseConvolution(in graph: Graph) -> (Conv2D, KernelElements)? {
        guard case .conv2D(let convolution) = op, let filter = graph.constant(inputs[1]),
            filter.dtype == .float32, graph[inputs[1]].storage == .expressed,
            filter.shape[3] == graph[inputs[0]].shape[3]
        else { return nil }
        return (convolution, KernelElements(constant: filter))
    }
}
