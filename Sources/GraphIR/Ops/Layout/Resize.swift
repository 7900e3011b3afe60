import Tensors

/// Images of another size.
///
/// Input: x `[N, H, W, C]`. Output: `[N, H', W', C]`, H' and W' being those of `target`.
/// Where element i reads from, n and m being the sizes of input and output:
///
///     asymmetric     i · n / m
///     alignCorners   i · (n − 1) / (m − 1)
///     halfPixel      (i + ½) · n / m − ½    (nearest: ⌊(i + ½) · n / m⌋)
package struct Resize: PlainOperation {
    /// How values between elements are made.
    package enum Kind: String, Attribute {
        case nearest, bilinear
    }
    /// Where an output element lies in the input.
    package enum Coordinates: String, Attribute {
        case asymmetric, alignCorners, halfPixel
    }

    /// The height and width of the output.
    package enum Target: Sendable, Hashable {
        case size(Size2D)
        /// A multiple of the extents of the input, for inputs of unknown size.
        case factor(Size2D)
    }

    package static let kind = OpKind.resize
    package var kind: Kind
    package var target: Target
    package var coordinates: Coordinates

    package init(_ kind: Kind, to target: Target, coordinates: Coordinates = .halfPixel) {
        self.kind = kind
        self.target = target
        self.coordinates = coordinates
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("kind", &kind)
        visitor.visit("size", &target)
        visitor.visit("coordinates", &coordinates)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.rank(inputs[0], 4, "input of \(Self.name)")
        let size = try target.size(for: inputs[0].shape)
        return [
            TensorType(
                inputs[0].dtype,
                [inputs[0].shape[0], size.height, size.width, inputs[0].shape[3]])
        ]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        AxisMap(
            [.same(0), .changed(1), .changed(2), .same(3)], layout: .interchangeable, rank: 4)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity {
        kind == .nearest ? .selection : .mean
    }

    package func isIdentity(on inputs: [TensorType]) -> Bool {
        target == .factor(.one)
            || target == .size(Size2D(inputs[0].shape[1], inputs[0].shape[2]))
    }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}

extension Resize.Target {
    /// Height and width of the output for an input `[N, H, W, C]`.
    fileprivate func size(for x: Shape) throws -> Size2D {
        switch self {
        case .size(let size):
            try Check.require(
                size.isPositive, "\(Resize.name) to \(size.height)×\(size.width)")
            return size
        case .factor(let factor):
            try Check.require(
                factor.isPositive, "\(Resize.name) by \(factor.height)×\(factor.width)")
            let sizes = try [(x[1], factor.height), (x[2], factor.width)].map { extent, factor in
                guard extent != Shape.free else { return extent }
                let (product, overflow) = extent.multipliedReportingOverflow(by: factor)
                try Check.require(!overflow, "\(Resize.name): \(x) is too large")
                return product
            }
            return Size2D(sizes[0], sizes[1])
        }
    }
}

extension Resize.Target: Attribute {
    /// `2x3` for a size, `[times, 2x3]` for a factor.
    package var text: AttributeText {
        switch self {
        case .size(let size): size.text
        case .factor(let factor): .list([.word("times"), factor.text])
        }
    }

    package init?(_ text: AttributeText) {
        if let size = Size2D(text) {
            self = .size(size)
        } else if case .list(let words) = text, words.count == 2, words[0] == .word("times"),
            let factor = Size2D(words[1])
        {
            self = .factor(factor)
        } else {
            return nil
        }
    }
}
