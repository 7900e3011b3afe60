import Evaluation
import Foundations
import GraphIR
import Problems
import Tensors

/// Runs operations on several samples at the same time, one operation after the other.
///
/// Values are freed after their last use.
package final class PairedRun {
    private let graph: Graph
    private var values: [ValueID: [Tensor]] = [:]
    private var remainingUses: [ValueID: Int] = [:]
    private let threads: ThreadBudget
    package let sampleCount: Int

    /// The inputs of a graph.
    package init(_ graph: Graph, _ samples: [[Tensor]], threads: ThreadBudget) throws {
        self.graph = graph
        self.threads = threads
        sampleCount = samples.count
        for (index, port) in graph.inputs.enumerated() {
            let storage = graph[port.value].storage
            try keep(port.value, samples.map { try Self.rounded($0[index], to: storage) })
        }
        for state in graph.states {
            let type = graph[state.input].type
            try keep(
                state.input,
                samples.map { _ in Tensor.zeros(type.dtype, type.shape.resolvingFree()) })
        }
    }

    /// The elements of a value for each sample.
    ///
    /// - Throws: `Problem.Kind.invalidGraph` if nothing has made it.
    package func tensors(of id: ValueID) throws -> [Tensor] {
        if let constant = graph.constant(id) {
            let tensor = constant.stored(as: graph[id].storage).tensor()
            return [Tensor](repeating: tensor, count: sampleCount)
        }
        guard let known = values[id] else {
            throw Problem(.invalidGraph("'\(graph[id].name)' is read before it is made", pass: nil))
        }
        return known
    }

    /// What a node makes of present values, before it is rounded to its storage: for each output the samples.
    package func results(of node: Node) throws -> [[Tensor]] {
        let operands = try node.inputs.map { try tensors(of: $0) }
        let storages = graph.storages(of: node)
        let perSample = try threads.map(sampleCount) { sample in
            try locating(layer: node.layer) {
                try node.op.evaluate(
                    inputs: operands.map { $0[sample] }, storages: storages, precision: .fast)
            }
        }
        return node.outputs.indices.map { output in perSample.map { $0[output] } }
    }

    /// Keeps what a node made, rounded to its storage, and frees what it was the last to read.
    package func finish(_ node: Node, _ outputs: [[Tensor]]) throws {
        for id in node.inputs {
            guard let uses = remainingUses[id] else { continue }
            remainingUses[id] = uses - 1
            if uses == 1 { values[id] = nil }
        }
        for (id, tensors) in zip(node.outputs, outputs) {
            let storage = graph[id].storage
            try keep(id, tensors.map { try Self.rounded($0, to: storage) })
        }
    }

    private func keep(_ id: ValueID, _ tensors: [Tensor]) throws {
        let uses = graph.useCount(of: id)
        guard uses > 0 else { return }
        remainingUses[id] = uses
        values[id] = tensors
    }

    private static func rounded(_ tensor: Tensor, to storage: Storage) throws -> Tensor {
        storage == .expressed ? tensor : Constant(tensor).stored(as: storage).tensor()
    }
}
