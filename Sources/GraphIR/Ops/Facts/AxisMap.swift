/// Where the axes of an operation's first output come from.
package struct AxisMap: Sendable, Equatable {
    /// Where one axis of the output comes from.
    package enum Origin: Sendable, Equatable {
        /// Index k of the output reads nothing but index k of this axis of input 0, which has the same extent.
        case same(Int)
        /// The axis stands for this axis of input 0 but has other indices or mixes them.
        case changed(Int)
        /// No axis of input 0 corresponds.
        case none

        /// The axis of input 0 that the axis stands for.
        package var axis: Int? {
            switch self {
            case .same(let axis), .changed(let axis): axis
            case .none: nil
            }
        }
    }

    /// Which other orders of axes the operation can work in.
    package enum Layout: Sendable, Equatable {
        /// Any: each element follows from the elements at the same place of all inputs, which broadcast.
        case free
        /// Any: attributes name the axes (`AttributeVisitor.visit(axis:)` and its kin).
        case named
        /// Those in which axes that stay the same change places among each other.
        case interchangeable
        /// This one alone.
        case fixed
    }

    /// An entry for each axis of the output; empty if nothing is known.
    package let origins: [Origin]
    /// For each axis of input 0 the axis of the output that runs over the same indices.
    package let destinations: [Int?]
    package let layout: Layout

    /// - Parameter destinations: nil for those that follow from `origins`.
    package init(
        _ origins: [Origin], layout: Layout, rank: Int, destinations: [Int?]? = nil
    ) {
        self.origins = origins
        self.layout = layout
        self.destinations =
            destinations ?? (0..<rank).map { axis in origins.firstIndex(of: .same(axis)) }
    }

    /// Nothing is known.
    package static let opaque = AxisMap([], layout: .fixed, rank: 0)

    /// A function of elements whose result has this rank.
    package static func elementwise(rank: Int) -> AxisMap {
        AxisMap((0..<rank).map { .same($0) }, layout: .free, rank: rank)
    }

    /// Every axis of an input of this rank stays where it is, those in `changed` with other indices.
    package static func keeping(
        rank: Int, changed: (Int) -> Bool = { _ in false }, layout: Layout
    ) -> AxisMap {
        AxisMap(
            (0..<rank).map { changed($0) ? .changed($0) : .same($0) }, layout: layout, rank: rank)
    }
}

/// How a function that varies along at most one axis gets past an operation.
package enum AxisPassage: Sendable, Equatable {
    /// It is the same for all elements.
    case uniform
    /// It varies along this axis on the other side.
    case axis(Int)
    /// It does not.
    case blocked
}

extension AxisMap {
    /// The axis of input 0 over which a function of the output varies.
    ///
    /// - Parameter axis: an axis of the output; nil for a function that is the same for all elements.
    package func passage(backFrom axis: Int?) -> AxisPassage {
        guard let axis else { return .uniform }
        guard origins.indices.contains(axis), case .same(let origin) = origins[axis] else {
            return .blocked
        }
        return .axis(origin)
    }

    /// The axis of the output over which a function of input 0 varies.
    ///
    /// - Parameter axis: an axis of input 0; nil for a function that is the same for all elements.
    package func passage(onFrom axis: Int?) -> AxisPassage {
        guard let axis else { return .uniform }
        guard destinations.indices.contains(axis), let destination = destinations[axis] else {
            return .blocked
        }
        return .axis(destination)
    }
}
