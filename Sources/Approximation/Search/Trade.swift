import GraphIR

/// Something that can be done at a place of a graph: error for time.
protocol Trade {
    /// Where; of all trades at a place one can be chosen.
    var place: NodeID { get }
    /// Nanoseconds of a run.
    var saving: Double { get }
    /// What it alone adds to the outputs: squared, relative to their variance.
    var squaredError: Double { get }
}
