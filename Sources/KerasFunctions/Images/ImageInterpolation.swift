import GraphIR
import KerasFormat
import Problems
import Tensors

/// How an image gets another size.
package enum ImageInterpolation: Sendable, Equatable {
    case nearest
    case bilinear(Resize.Coordinates)
    /// A weighted sum over some elements along each axis.
    case filter(ResizeFilter, antialias: Bool)

    /// The method that a version of Keras means by this name.
    package init(named name: String, antialias: Bool = false, version: KerasVersion) throws {
        try self.init(
            named: name, antialias: antialias,
            coordinates: version.resizesAsymmetrically ? .asymmetric : .halfPixel)
    }

    /// The method of this name, bilinear interpolation with these coordinates.
    package init(
        named name: String, antialias: Bool, coordinates: Resize.Coordinates = .halfPixel
    ) throws {
        switch name.lowercased() {
        case "nearest": self = .nearest
        case "bilinear" where antialias: self = .filter(.triangle, antialias: true)
        case "bilinear": self = .bilinear(coordinates)
        default:
            guard let filter = ResizeFilter(rawValue: name.lowercased()) else {
                throw Problem(
                    .invalidField(
                        "interpolation", value: name, expected: "nearest, bilinear, bicubic, …"))
            }
            self = .filter(filter, antialias: antialias)
        }
    }
}

extension GraphBuilder {
    /// Images `[N, H, W, C]` of another size; the same size adds nothing.
    package func resize(
        _ x: ValueID, to size: Size2D, _ interpolation: ImageInterpolation
    ) throws -> ValueID {
        let shape = shape(of: x)
        if shape[1] == size.height, shape[2] == size.width { return x }
        switch interpolation {
        case .nearest:
            return try add(.resize(Resize(.nearest, to: .size(size))), [x])
        case .bilinear(let coordinates):
            return try add(
                .resize(Resize(.bilinear, to: .size(size), coordinates: coordinates)), [x])
        case .filter(let filter, let antialias):
            let rows = try filter.matrix(
                from: shape.knownExtent(1), to: size.height, antialias: antialias)
            let columns = try filter.matrix(
                from: shape.knownExtent(2), to: size.width, antialias: antialias)
            let wide = try product(alongLastAxisOf: transpose(x, [0, 3, 1, 2]), columns)
            let high = try product(alongLastAxisOf: transpose(wide, [0, 1, 3, 2]), rows)
            return try transpose(high, [0, 3, 2, 1])
        }
    }

    /// Images `[N, H, W, C]` whose height and width are whole multiples of those of x.
    package func enlarge(
        _ x: ValueID, by factors: Size2D, _ interpolation: ImageInterpolation
    ) throws -> ValueID {
        let (height, width) = (shape(of: x)[1], shape(of: x)[2])
        guard height == Shape.free || width == Shape.free else {
            return try resize(
                x,
                to: Size2D(
                    checkedProduct(height, factors.height, "the height"),
                    checkedProduct(width, factors.width, "the width")), interpolation)
        }
        if factors == .one { return x }
        let op =
            switch interpolation {
            case .nearest: Resize(.nearest, to: .factor(factors))
            case .bilinear(let coordinates):
                Resize(.bilinear, to: .factor(factors), coordinates: coordinates)
            case .filter: throw Problem.unknownSpatialSize
            }
        return try add(.resize(op), [x])
    }

    private func product(alongLastAxisOf x: ValueID, _ matrix: Constant) throws -> ValueID {
        try add(
            .fullyConnected(FullyConnected()), [x, constant(matrix, role: "interpolation")])
    }
}
