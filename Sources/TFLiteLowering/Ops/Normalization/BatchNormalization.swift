import GraphIR

extension BatchNormalization {
    /// Nothing: no operator does this, `Legalize` spells it out if its statistics are constants.
    func lower(_ node: NodeLowering) throws {
        throw node.unsupported("its statistics are computed while the model runs")
    }
}
