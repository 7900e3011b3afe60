import Foundations
import GraphIR
import Interpreter
import Tensors

/// Runs a file with the bundled interpreter, with the inputs and outputs of a model.
package final class FileRunner {
    private let model: LiteModel
    private let session: LiteSession
    private var order: PortOrder?

    /// Loads the file.
    ///
    /// - Parameter runs: how often it will be run at least.
    /// - Throws: `LiteModelError` if it cannot be read or run; so do runs.
    package init(_ source: FileSource, threads: ThreadBudget, runs: Int = .max) throws {
        var options = LiteModel.Options(threads: threads.count)
        options.keepsPackedWeights = runs > 1
        options.expectsManyRuns = runs > 10
        model = try LiteModel(source, options: options)
        session = try model.makeSession()
    }

    /// The batch size of the file; nil if it is dynamic.
    package var batch: Int? {
        let batch = model.inputs.first?.shape.first ?? 1
        return batch > 0 ? batch : nil
    }

    /// Whether weights are stored with fewer bits than single precision has.
    var roundsWeights: Bool { model.roundsWeights }

    /// Shapes for the inputs of a model, by name: those given, and the file's if it fixes extents that the model leaves free.
    package func inputShapes(for graph: Graph, given: [String: [Int]]) -> [String: [Int]] {
        adopt(graph)
        var shapes = given
        for (port, position) in zip(graph.inputs, order?.inputs ?? []) {
            let free = graph[port.value].type.shape.dims
            guard shapes[port.name] == nil, model.inputs.indices.contains(position) else {
                continue
            }
            let shape = model.inputs[position].shape
            guard free.count == shape.count,
                zip(free, shape).contains(where: { $0 == Shape.free && $1 > 0 })
            else { continue }
            shapes[port.name] = zip(free, shape).map { $0 == Shape.free ? $1 : $0 }
        }
        return shapes
    }

    /// The names of the file's output tensors, in the order of the model that was adopted.
    var outputNames: [String] {
        (order?.outputs ?? []).map {
            model.outputs.indices.contains($0) ? model.outputs[$0].name : ""
        }
    }

    /// Takes inputs and gives outputs in the order of a model from now on.
    package func adopt(_ graph: Graph) {
        order = PortOrder(of: graph, in: model)
    }

    /// For each input of the model that was adopted the real numbers that its integers reach in the file; nil for floats.
    var inputRanges: [ClosedRange<Double>?] {
        let ranges = model.inputRanges
        return (order?.inputs ?? []).map { ranges.indices.contains($0) ? ranges[$0] : nil }
    }

    /// Resets the state that layers kept from the runs so far.
    package func reset() {
        session.resetVariables()
    }

    /// The outputs for one set of inputs, in the order of the model that was adopted.
    ///
    /// Integers that stand for real numbers are given, and taken, as these.
    ///
    /// - Parameter observe: sees the name and the elements of every tensor that an operator makes, and the real numbers that its
    ///   integers reach or miss by a step, as the fixed scales of softmax and sigmoid miss 1.
    package func run(
        _ inputs: [Tensor],
        observing observe: ((String, Tensor, ClosedRange<Double>?) -> Void)? = nil
    ) throws -> [Tensor] {
        try run(inputs) { tensors in
            guard let observe else { return try session.run(tensors) }
            return try session.run(tensors) {
                observe($0.name, $0.reals(of: $1).tensor, $0.range(beyond: 1))
            }
        }
    }

    /// The outputs as `run(_:observing:)` gives them.
    ///
    /// - Parameter view: sees the same as `observe`, but for tensors between operators that run as one, and must not keep
    ///   the tensors, whose memory is used again.
    package func runInPlace(
        _ inputs: [Tensor], showing view: @escaping (String, Tensor) -> Void
    ) throws -> [Tensor] {
        try run(inputs) { tensors in
            try session.runInPlace(tensors) { view($0.name, $0.reals(of: $1).tensor) }
        }
    }

    private func run(
        _ inputs: [Tensor], _ body: ([LiteTensor]) throws -> [LiteTensor]
    ) throws -> [Tensor] {
        let results = try body(inFileOrder(inputs.compactMap { LiteTensor($0) }))
        return inModelOrder(zip(model.outputs, results).map { $0.reals(of: $1).tensor })
    }

    private func inFileOrder(_ tensors: [LiteTensor]) -> [LiteTensor] {
        guard let order = order?.inputs, order.count == tensors.count,
            order.sorted() == Array(tensors.indices)
        else { return tensors }
        return tensors.indices.compactMap { position in
            order.firstIndex(of: position).map { tensors[$0] }
        }
    }

    private func inModelOrder(_ results: [Tensor]) -> [Tensor] {
        guard let order = order?.outputs, order.count == results.count,
            order.allSatisfy(results.indices.contains)
        else { return results }
        return order.map { results[$0] }
    }
}
