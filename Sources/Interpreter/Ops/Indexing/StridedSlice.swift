import Kernels
import TFLiteFormat
import Tensors

/// Elements of x from a begin to an end in steps, with the masks of NumPy's indexing.
private struct StridedRange {
    var begin: [Int] = []
    var extents: [Int] = []
    var steps: [Int] = []
    /// The extents of the result, with new axes and without dropped ones.
    var shape: [Int] = []

    /// Adds an axis that is taken whole.
    mutating func addWhole(_ extent: Int) {
        begin.append(0)
        extents.append(extent)
        steps.append(1)
        shape.append(extent)
    }

    /// Adds one element of an axis, which the result lacks.
    mutating func addSingle(_ index: Int) {
        begin.append(index)
        extents.append(1)
        steps.append(1)
    }

    /// Adds a range; `first` and `last` are nil if the range is open there.
    mutating func add(_ extent: Int, from first: Int?, to last: Int?, step: Int) {
        let lowest = step > 0 ? 0 : -1
        let highest = step > 0 ? extent : extent - 1
        func limited(_ index: Int) -> Int {
            let counted = index < 0 ? index + extent : index
            return min(max(counted, lowest), highest)
        }
        let start = first.map(limited) ?? (step > 0 ? 0 : extent - 1)
        let end = last.map(limited) ?? (step > 0 ? extent : -1)
        let distance = step > 0 ? end - start : start - end
        let count = distance > 0 ? (distance - 1) / Int(step.magnitude) + 1 : 0
        begin.append(count > 0 ? start : 0)
        extents.append(count)
        steps.append(step)
        shape.append(count)
    }
}

extension OperatorPreparation {
    /// STRIDED_SLICE with all its masks.
    func stridedSlice() throws -> PreparedOperator {
        let options = try options(StridedSliceOptions.self)
        let x = try input(0)
        let start = try input(1)
        if start.known == nil, options.newAxisMask == 0, options.ellipsisMask == 0,
            options.beginMask == 0, start.count < 32,
            options.shrinkAxisMask == 1 << start.count - 1
        {
            return try element(of: x)
        }
        let (begin, end, steps) = (try integers(1), try integers(2), try integers(3))
        let limit = Int(Int32.max)
        guard begin.count == end.count, begin.count == steps.count, begin.count < 32,
            (begin + end + steps).allSatisfy({ (-limit - 1...limit).contains($0) })
        else { throw malformed("begin \(begin), end \(end) and strides \(steps)") }
        var range = StridedRange()
        var position = 0
        for index in begin.indices {
            func isSet(_ mask: Int) -> Bool { mask >> index & 1 == 1 }
            if isSet(options.ellipsisMask) {
                let later = (index + 1..<begin.count).count { options.newAxisMask >> $0 & 1 == 0 }
                while x.shape.rank - position > later {
                    range.addWhole(x.shape.dims[position])
                    position += 1
                }
                continue
            }
            if isSet(options.newAxisMask) {
                range.shape.append(1)
                continue
            }
            guard position < x.shape.rank, steps[index] != 0 else {
                throw malformed("begin \(begin), strides \(steps) of \(x.shape)")
            }
            let extent = x.shape.dims[position]
            position += 1
            if isSet(options.shrinkAxisMask) {
                let element = begin[index] < 0 ? begin[index] + extent : begin[index]
                guard (0..<extent).contains(element) else {
                    throw malformed("element \(begin[index]) of an axis of \(extent)")
                }
                range.addSingle(element)
                continue
            }
            let last = options.endIsOffset ? begin[index] + end[index] : end[index]
            range.add(
                extent, from: isSet(options.beginMask) ? nil : begin[index],
                to: isSet(options.endMask) ? nil : last, step: steps[index])
        }
        for extent in x.shape.dims.dropFirst(position) { range.addWhole(extent) }
        return try take(
            x, begin: range.begin, extents: range.extents, steps: range.steps,
            shape: Shape(range.shape))
    }
}
