import Tensors

extension OperatorPreparation {
    /// TILE: x repeated `multiples[k]` times along axis k.
    func tile() throws -> PreparedOperator {
        let (x, multiples) = (try input(0), try integers(1))
        guard multiples.count == x.shape.rank, multiples.allSatisfy({ $0 >= 0 }) else {
            throw malformed("\(multiples) repetitions of \(x.shape)")
        }
        let dims = try zip(x.shape.dims, multiples).map { dim, multiple in
            let (extent, overflow) = dim.multipliedReportingOverflow(by: multiple)
            if overflow { throw malformed("\(multiples) repetitions of \(x.shape)") }
            return extent
        }
        let y = try output(0, x.dtype, Shape(dims), quantized: true)
        return run(.tile(x.shape, multiples: multiples, elementSize: x.elementSize), x, y)
    }
}
