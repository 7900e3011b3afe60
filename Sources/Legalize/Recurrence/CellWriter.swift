import GraphIR

/// Writes the cell of a recurrence into a graph: its constants once, then its projections and steps.
struct CellWriter {
    let builder: GraphBuilder
    private let cell: RecurrenceCell
    private let x: ValueID
    private var inlined: InlinedGraph

    /// - Parameter x: the sequence, or a step of it.
    init(_ cell: RecurrenceCell, _ x: ValueID, in builder: GraphBuilder) {
        self.cell = cell
        self.builder = builder
        self.x = x
        inlined = InlinedGraph(cell.step, inputs: [x], in: builder)
    }

    /// What steps take from x, for as many steps as x has.
    mutating func project() throws -> [ValueID] {
        try inlined.add(cell.step.nodes.prefix(cell.projectionCount), in: builder)
        return inlined.values(cell.step.projections(cell.projectionCount))
    }

    /// The states after a step.
    mutating func step(_ projections: [ValueID], _ states: [ValueID]) throws -> [ValueID] {
        let graph = cell.step
        inlined.bind(zip(graph.projections(cell.projectionCount), projections))
        inlined.bind(zip(graph.inputs.dropFirst().map(\.value), states))
        try inlined.add(graph.nodes.dropFirst(cell.projectionCount), in: builder)
        return inlined.values(graph.outputs.map(\.value))
    }
}

extension Graph {
    /// The values that the first nodes make of the first input and that others read; the input itself if they read it.
    func projections(_ count: Int) -> [ValueID] {
        let read = Set(nodes.dropFirst(count).flatMap(\.inputs) + outputs.map(\.value))
        let made = inputs.prefix(1).map(\.value) + nodes.prefix(count).flatMap(\.outputs)
        return made.filter(read.contains)
    }
}
