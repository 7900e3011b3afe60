import Tensors

extension OperatorPreparation {
    /// BITCAST: the bytes of x as elements of the type that the output declares.
    ///
    /// Wider elements take up the last axis, narrower ones add one.
    func bitcast() throws -> PreparedOperator {
        let x = try plainInput(0)
        guard let type = declaredType(0), type.byteCount > 0, x.elementSize > 0 else {
            throw unsupported("its elements are not numbers")
        }
        var dims = x.shape.dims
        if type.byteCount > x.elementSize {
            guard dims.last == type.byteCount / x.elementSize else {
                throw malformed(
                    "\(x.shape) of \(x.dtype.rawValue) cannot be read as \(type.rawValue)")
            }
            dims.removeLast()
        } else if type.byteCount < x.elementSize {
            dims.append(x.elementSize / type.byteCount)
        }
        let y = try output(0, type, Shape(dims))
        return PreparedOperator(y) { context in
            context.output(y).copyMemory(from: context.bytes(x), byteCount: x.byteCount)
        }
    }
}
