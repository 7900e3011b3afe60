import Kernels
import Tensors

extension OperatorPreparation {
    /// HASHTABLE_LOOKUP: the rows of a table under ascending keys, zeros if there is no such key, and whether there is.
    func hashtableLookup() throws -> PreparedOperator {
        let (wanted, keys, table) = (try plainInput(0), try plainInput(1), try plainInput(2))
        try require(wanted, rank: 1)
        try require(keys, rank: 1)
        guard wanted.dtype == .int32, keys.dtype == .int32 else { throw unsupported(keys.dtype) }
        guard table.shape.rank >= 1, table.shape[0] == keys.count else {
            throw malformed("a table \(table.shape) of \(keys.count) keys")
        }
        let row = Array(table.shape.dims.dropFirst())
        let size = Shape(row).elementCount * table.elementSize
        let y = try output(0, table.dtype, Shape([wanted.count] + row))
        let hits = try output(1, .uint8, [wanted.count])
        return PreparedOperator(y, hits) { context in
            let keys = UnsafeBufferPointer(
                start: context.elements(keys, Int32.self), count: keys.count)
            for (number, key) in UnsafeBufferPointer(
                start: context.elements(wanted, Int32.self), count: wanted.count
            ).enumerated() {
                let place = keys.firstIndex(of: key)
                let target = context.output(y) + number * size
                if let place {
                    target.copyMemory(from: context.bytes(table) + place * size, byteCount: size)
                } else {
                    target.initializeMemory(as: UInt8.self, repeating: 0, count: size)
                }
                context.output(hits, as: UInt8.self)[number] = place == nil ? 0 : 1
            }
        }
    }
}
