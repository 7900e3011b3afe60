import Tensors

/// Images of another size.
///
/// Input: x `[N, H, W, C]`. Output: `[N, size.height, size.width, C]`, where `enlarges` `[N, H · size.height, W · size.width, C]`.
/// Where element i reads from, n and m being the sizes of input and output:
///
///     asymmetric     i · n / m
///     alignCorners   i · (n − 1) / (m − 1)
///     halfPixel      (i + ½) · n / m − ½    (nearest: ⌊(i + ½) · n / m⌋)
package struct Resize: OpPayload {
    /// How values between elements are made.
    package enum Kind: String, Sendable, Hashable, Codable {
        case nearest, bilinear
    }
    /// Where an output element lies in the input.
    package enum Coordinates: String, Sendable, Hashable, Codable {
        case asymmetric, alignCorners, halfPixel
    }

    package static let name = "resize"
    package var kind: Kind
    package var size: Size2D
    package var coordinates: Coordinates
    /// Whether `size` says how many times larger the output is, for inputs of unknown size.
    package var enlarges = false

    package init(
        _ kind: Kind, size: Size2D, coordinates: Coordinates = .halfPixel, enlarges: Bool = false
    ) {
        self.kind = kind
        self.size = size
        self.coordinates = coordinates
        self.enlarges = enlarges
    }

    package var op: Op { .resize(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.rank(inputs[0], 4, "input of \(Self.name)")
        try Check.require(size.isPositive, "\(Self.name) to \(size.height)×\(size.width)")
        let x = inputs[0].shape
        guard enlarges else {
            return [TensorType(inputs[0].dtype, [x[0], size.height, size.width, x[3]])]
        }
        let sizes = try [(x[1], size.height), (x[2], size.width)].map { extent, factor in
            guard extent != Shape.free else { return extent }
            let (product, overflow) = extent.multipliedReportingOverflow(by: factor)
            try Check.require(!overflow, "\(Self.name): \(x) is too large")
            return product
        }
        return [TensorType(inputs[0].dtype, [x[0], sizes[0], sizes[1], x[3]])]
    }
}
