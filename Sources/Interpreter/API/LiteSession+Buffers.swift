extension LiteSession {
    /// Calls `body` with the memory of an input, which it may fill; for use with `invoke()`.
    ///
    /// The contents are those of the last run only as long as no operator has used the memory for something else.
    ///
    /// - Parameter index: the position in `LiteModel.inputs`.
    public func withInputBytes<Result>(
        _ index: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Result
    ) throws -> Result {
        try body(inputBytes(port(index, of: inputs, "input").tensorIndex))
    }

    /// Calls `body` with the elements of an input, which it may fill; for use with `invoke()`.
    ///
    /// - Parameter index: the position in `LiteModel.inputs`.
    /// - Throws: `LiteModelError` if the elements are of another type; what `body` throws.
    public func withInput<Element: LiteElement, Result>(
        _ index: Int, of _: Element.Type = Element.self,
        _ body: (UnsafeMutableBufferPointer<Element>) throws -> Result
    ) throws -> Result {
        try require(port(index, of: inputs, "input"), Element.elementType)
        return try withInputBytes(index) { try body($0.bindMemory(to: Element.self)) }
    }

    /// Runs the model on what the memory of the inputs holds, in their present shapes.
    ///
    /// Every input has to be filled before each run, since operators reuse the memory of inputs that they have read.
    public func invoke() throws(LiteModelError) {
        try LiteModelError.wrapping(file: path) { try execute() }
    }

    /// Calls `body` with the elements of an output of the last run, as they lie in memory.
    ///
    /// - Parameter index: the position in `LiteModel.outputs`.
    public func withOutputBytes<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        try body(
            UnsafeRawBufferPointer(outputBytes(port(index, of: outputs, "output").tensorIndex)))
    }

    /// Calls `body` with the elements of an output of the last run.
    ///
    /// - Parameter index: the position in `LiteModel.outputs`.
    /// - Throws: `LiteModelError` if the elements are of another type; what `body` throws.
    public func withOutput<Element: LiteElement, Result>(
        _ index: Int, of _: Element.Type = Element.self,
        _ body: (UnsafeBufferPointer<Element>) throws -> Result
    ) throws -> Result {
        try require(port(index, of: outputs, "output"), Element.elementType)
        return try withOutputBytes(index) { try body($0.bindMemory(to: Element.self)) }
    }

    /// The description of an input or output.
    private func port(
        _ index: Int, of ports: [LiteTensorDescription], _ kind: String
    ) throws(LiteModelError) -> LiteTensorDescription {
        guard ports.indices.contains(index) else {
            throw LiteModelError.usage("there is no \(kind) \(index)")
        }
        return ports[index]
    }

    private func require(
        _ description: LiteTensorDescription, _ type: LiteElementType
    ) throws(LiteModelError) {
        guard description.elementType == type else {
            throw LiteModelError.usage(
                "the elements of '\(description.name)' are "
                    + "\(description.elementType.rawValue), not \(type.rawValue)")
        }
    }
}
