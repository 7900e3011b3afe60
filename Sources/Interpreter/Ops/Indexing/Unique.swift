import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// UNIQUE: the different elements of a vector in the order of their first appearance, and for each element which it is.
    func unique() throws -> PreparedOperator {
        let x = try plainInput(0)
        try require(x, rank: 1)
        guard let type = declaredType(1), type == .int32 || type == .int64 else {
            throw malformed("indices of another type")
        }
        let elements = try decidingElements(x).bytes
        var numbers: [[UInt8]: Int] = [:]
        var (firsts, which): ([Int], [Int]) = ([], [])
        for index in 0..<x.count {
            let element = Array(elements[index * x.elementSize..<(index + 1) * x.elementSize])
            let number = numbers[element] ?? firsts.count
            if number == firsts.count {
                numbers[element] = number
                firsts.append(index)
            }
            which.append(number)
        }
        let values = try output(0, x.dtype, [firsts.count])
        let indices = try output(1, type, [x.count])
        let size = x.elementSize
        return PreparedOperator(values, indices) { [firsts, which] context in
            for (number, first) in firsts.enumerated() {
                (context.output(values) + number * size).copyMemory(
                    from: context.bytes(x) + first * size, byteCount: size)
            }
            for (index, number) in which.enumerated() {
                switch type {
                case .int64: context.output(indices, as: Int64.self)[index] = Int64(number)
                default: context.output(indices, as: Int32.self)[index] = Int32(clamping: number)
                }
            }
        }
    }
}
