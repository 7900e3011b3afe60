/// The options of an operator that the union `BuiltinOptions2` of the schema holds (StableHLO).
package enum SecondOptions: Sendable, Equatable {
    /// Options of REDUCE_WINDOW: the number of the function in the schema, 1 for ADD.
    case reduceWindow(function: Int)
    /// Options of STABLEHLO_COMPOSITE: the subgraph that computes the same.
    case composite(decomposition: Int)
    /// Options that are not read.
    case unread(tag: UInt8)
}
