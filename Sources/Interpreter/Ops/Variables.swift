import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// READ_VARIABLE: the elements that a variable has.
    mutating func readVariable() throws -> Kernel {
        let variable = try input(0)
        guard let dtype = declaredType(0), let shape = declaredShape(0) else {
            throw malformed("output 0 is missing")
        }
        let y = try output(0, dtype, shape)
        try checkSize(variable, y)
        return { frame in
            frame.output(y).copyMemory(
                from: frame.bytes(variable), byteCount: y.count * y.elementSize)
        }
    }

    /// ASSIGN_VARIABLE: gives a variable new elements.
    mutating func assignVariable() throws -> Kernel {
        let (variable, x) = (try input(0), try plainInput(1))
        try checkSize(variable, x)
        return { frame in
            let size = x.count * x.elementSize
            frame.output(variable).copyMemory(from: frame.bytes(x), byteCount: size)
            frame.output(variable).storeBytes(of: 1, toByteOffset: size, as: UInt8.self)
        }
    }

    /// A variable has one byte more than its elements.
    private func checkSize(_ variable: Operand, _ value: Operand) throws {
        guard variable.dtype == .uint8, variable.known == nil,
            variable.count == value.count * value.elementSize + 1
        else { throw unsupported("a variable of another size than \(value.shape)") }
    }
}
