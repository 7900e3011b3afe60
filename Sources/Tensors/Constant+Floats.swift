extension Constant {
    /// Writes rows of 32-bit floats stored as such: gathers them in cache-sized tiles, then scales them in place.
    func fillFloats(_ target: UnsafeMutableBufferPointer<Float>, rows: Range<Int>) {
        let stored = source.bytes.bindMemory(to: Float.self)
        guard let base = stored.baseAddress, let out = target.baseAddress else { return }
        let rowLength = target.count / rows.count
        gather(from: base + offset, into: out, rows: rows, rowLength: rowLength)
        scale(out, rows: rows, rowLength: rowLength)
    }

    /// Copies the elements of `rows`, leaving factors out.
    private func gather(
        from base: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, rows: Range<Int>,
        rowLength: Int
    ) {
        let (lengths, steps) = coalescedInnerAxes
        let rowStride = strides.first ?? 0
        if rowStride == 1, lengths.count == 1 {
            transposeTiles(
                from: base + rows.lowerBound, step: steps[0], into: out, rows: rows.count,
                columns: lengths[0])
            return
        }
        for (position, row) in rows.enumerated() {
            var cursor = out + position * rowLength
            copy(base + row * rowStride, lengths[...], steps[...], to: &cursor)
        }
    }

    /// Copies `rows`×`columns` elements where neighbours of a column are adjacent in storage.
    private func transposeTiles(
        from base: UnsafePointer<Float>, step: Int, into out: UnsafeMutablePointer<Float>,
        rows: Int, columns: Int
    ) {
        let tile = 16
        var column = 0
        while column < columns {
            let columnEnd = Swift.min(column + tile, columns)
            var row = 0
            while row < rows {
                let rowEnd = Swift.min(row + tile, rows)
                for c in column..<columnEnd {
                    let source = base + c * step
                    for r in row..<rowEnd {
                        out[r * columns + c] = source[r]
                    }
                }
                row = rowEnd
            }
            column = columnEnd
        }
    }

    private func copy(
        _ base: UnsafePointer<Float>, _ lengths: ArraySlice<Int>, _ steps: ArraySlice<Int>,
        to cursor: inout UnsafeMutablePointer<Float>
    ) {
        guard let length = lengths.first, let step = steps.first else {
            cursor.pointee = base.pointee
            cursor += 1
            return
        }
        if lengths.count == 1 {
            for index in 0..<length { cursor[index] = base[index * step] }
            cursor += length
            return
        }
        for index in 0..<length {
            copy(base + index * step, lengths.dropFirst(), steps.dropFirst(), to: &cursor)
        }
    }

    /// The axes below the outermost, with neighbours that run on in storage merged.
    private var coalescedInnerAxes: (lengths: [Int], steps: [Int]) {
        var lengths: [Int] = []
        var steps: [Int] = []
        for axis in shape.dims.indices.dropFirst() where shape.dims[axis] != 1 {
            if let last = lengths.indices.last, steps[last] == strides[axis] * shape.dims[axis] {
                lengths[last] *= shape.dims[axis]
                steps[last] = strides[axis]
            } else {
                lengths.append(shape.dims[axis])
                steps.append(strides[axis])
            }
        }
        return (lengths, steps)
    }

    private func scale(_ out: UnsafeMutablePointer<Float>, rows: Range<Int>, rowLength: Int) {
        guard !factors.isEmpty else { return }
        let pattern = rowFactors(length: rowLength)
        for (position, row) in rows.enumerated() {
            let rowFactor = factors[0].map { $0[row] } ?? 1
            let cursor = out + position * rowLength
            if let pattern {
                for index in 0..<rowLength {
                    cursor[index] = Float(Double(cursor[index]) * (rowFactor * pattern[index]))
                }
            } else {
                for index in 0..<rowLength {
                    cursor[index] = Float(Double(cursor[index]) * rowFactor)
                }
            }
        }
    }

    /// The product of the factors of all axes but the outermost, for each element of a row; nil where there are none.
    private func rowFactors(length: Int) -> [Double]? {
        guard factors.keys.contains(where: { $0 > 0 }) else { return nil }
        var pattern = [Double](repeating: 1, count: length)
        let dense = shape.strides
        for (axis, values) in factors where axis > 0 {
            for index in 0..<length {
                pattern[index] *= values[index / dense[axis] % shape.dims[axis]]
            }
        }
        return pattern
    }
}
