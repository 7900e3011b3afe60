import Tensors

/// Windows that slide over all dimensions of a tensor, without a border.
package struct WindowLoop: Sendable {
    /// The shape of the results.
    package let shape: Shape
    private let window: [Int]
    private let starts: (extents: [Int], strides: [Int])
    private let taps: (extents: [Int], strides: [Int])

    /// Nil if the lists do not fit the shape, or hold a number below 1.
    package init?(_ input: Shape, window: [Int], strides: [Int], dilations: [Int]) {
        let rank = input.rank
        let limit = Int(Int32.max)
        guard
            [window, strides, dilations].allSatisfy({ list in
                list.count == rank && list.allSatisfy { (1...limit).contains($0) }
            })
        else { return nil }
        self.window = window
        shape = Shape(
            (0..<rank).map { axis in
                let reach = (window[axis] - 1) * dilations[axis] + 1
                return reach > input.dims[axis]
                    ? 0 : (input.dims[axis] - reach) / strides[axis] + 1
            })
        let places = input.strides
        starts = (shape.dims, (0..<rank).map { places[$0] * strides[$0] })
        taps = (window, (0..<rank).map { places[$0] * dilations[$0] })
    }

    /// Elements of one window.
    package var windowCount: Int { shape.elementCount == 0 ? 0 : window.reduce(1, *) }

    fileprivate func forEach(_ body: (_ offsets: [Int], _ result: Int) -> Void) {
        guard shape.elementCount > 0 else { return }
        let offsets = ReductionLoop.offsets(taps.extents, taps.strides)
        for (result, start) in ReductionLoop.offsets(starts.extents, starts.strides).enumerated() {
            body(offsets.map { $0 + start }, result)
        }
    }
}

extension ReferenceKernels {
    /// Joins the elements of each window with the element at `start`.
    package static func reduceWindow<Element: BitwiseCopyable>(
        _ loop: WindowLoop, start: Element, input: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Element>, _ join: (Element, Element) -> Element
    ) {
        loop.forEach { offsets, result in
            output[result] = offsets.reduce(start) { join($0, input[$1]) }
        }
    }
}
