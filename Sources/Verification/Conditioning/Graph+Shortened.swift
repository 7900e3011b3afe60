import GraphIR
import Tensors

extension Graph {
    /// The extent of the axis of time: the second one of the first input that can hold a sequence; nil if it is free or
    /// there is none.
    var stepCount: Int? {
        let shapes = inputs.map { self[$0.value].type.shape }
        let sequence = shapes.first { $0.rank >= 3 } ?? shapes.first { $0.rank == 2 }
        return sequence.flatMap { $0[1] == Shape.free ? nil : $0[1] }
    }

    /// The graph on sequences of fewer steps; nil if an operation needs the steps that there are.
    func shortened(from all: Int, to steps: Int) -> Graph? {
        var shapes: [ValueID: Shape] = [:]
        for port in inputs {
            var shape = self[port.value].type.shape
            guard shape.rank >= 2, shape[1] == all else { continue }
            shape[1] = steps
            shapes[port.value] = shape
        }
        var copy = self
        do {
            for node in nodes {
                guard case .recurrence(var recurrence) = node.op else { continue }
                try recurrence.shorten(from: all, to: steps)
                try copy.setOp(recurrence.op, of: node.id)
            }
            try copy.setInputShapes(shapes)
            return copy
        } catch {
            return nil
        }
    }
}

extension Recurrence {
    /// Gives the operation that runs the whole sequence as many steps as there are now.
    fileprivate mutating func shorten(from all: Int, to steps: Int) throws {
        guard var sequence = cell.sequence, let x = sequence.inputs.first?.value else { return }
        var shape = sequence[x].type.shape
        guard shape.rank > 1, shape[1] == all else { return }
        shape[1] = steps
        try sequence.setInputShapes([x: shape])
        cell = RecurrenceCell(
            step: cell.step, projectionCount: cell.projectionCount,
            outputState: cell.outputState, sequence: sequence)
    }
}
