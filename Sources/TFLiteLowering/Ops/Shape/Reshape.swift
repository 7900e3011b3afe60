import GraphIR

extension Reshape {
    /// RESHAPE; −1 stands only for an extent that is free.
    func lower(_ node: NodeLowering) throws {
        try node.emitReshape()
    }
}
