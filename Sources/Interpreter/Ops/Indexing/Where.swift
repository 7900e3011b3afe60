import Kernels

extension OperatorPreparation {
    /// WHERE: the positions of the elements that are not 0, `[number, rank]` of int64.
    func nonZeroPositions() throws -> PreparedOperator {
        let x = try plainInput(0)
        let elements = try decidingElements(x).bytes
        let size = x.elementSize
        let hits = (0..<x.count).filter { index in
            switch x.dtype {
            case .float32: elements.load(fromByteOffset: index * 4, as: Float.self) != 0
            default: elements[index * size..<(index + 1) * size].contains { $0 != 0 }
            }
        }
        let y = try output(0, .int64, [hits.count, x.shape.rank])
        let (dims, strides) = (x.shape.dims, x.shape.strides)
        return PreparedOperator(y) { context in
            let target = context.output(y, as: Int64.self)
            for (row, hit) in hits.enumerated() {
                for axis in dims.indices {
                    target[row * dims.count + axis] = Int64(hit / strides[axis] % dims[axis])
                }
            }
        }
    }
}
