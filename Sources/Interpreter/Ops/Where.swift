import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// WHERE: the positions of the elements that are not 0, `[number, rank]` of int64.
    mutating func positions() throws -> Kernel {
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
        return { frame in
            let target = frame.output(y, as: Int64.self)
            for (row, hit) in hits.enumerated() {
                for axis in dims.indices {
                    target[row * dims.count + axis] = Int64(hit / strides[axis] % dims[axis])
                }
            }
        }
    }

    /// UNIQUE: the different elements of a vector in the order of their first appearance, and for each element which it is.
    mutating func unique() throws -> Kernel {
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
        return { [firsts, which] frame in
            for (number, first) in firsts.enumerated() {
                (frame.output(values) + number * size).copyMemory(
                    from: frame.bytes(x) + first * size, byteCount: size)
            }
            for (index, number) in which.enumerated() {
                switch type {
                case .int64: frame.output(indices, as: Int64.self)[index] = Int64(number)
                default: frame.output(indices, as: Int32.self)[index] = Int32(clamping: number)
                }
            }
        }
    }
}
