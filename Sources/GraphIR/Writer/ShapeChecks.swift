import Foundations
import Problems
import Tensors

extension Problem {
    /// A layer needs sizes that the model leaves open.
    package static var unknownSpatialSize: Problem {
        Problem(
            .unsupported(
                what: "the layer needs an input whose sizes are known",
                remedy: "Fix them with \(.inputShapes)."))
    }

    /// A reshape has more unknown sizes than follow from the number of elements.
    ///
    /// - Parameter shape: what is reshaped, or to what: `to [?,3,?]`.
    package static func unknownSizes(ofReshape shape: String, layer: String) -> Problem {
        Problem(
            .unsupported(
                what: "a reshape \(shape) has several unknown sizes",
                remedy: "Fix them with \(.inputShapes)."), layer: layer)
    }
}

/// The product of two sizes.
///
/// - Throws: `Problem.Kind.tooLarge` beyond what a tensor can have.
package func checkedProduct(_ a: Int, _ b: Int, _ what: String) throws -> Int {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    guard !overflow, result <= GraphBuilder.largestElementCount else {
        throw Problem(.tooLarge(what: what, value: "\(a)·\(b)"))
    }
    return result
}

/// Checks that a list of as many numbers can be made, before it is made.
///
/// - Throws: `Problem.Kind.overBudget`.
package func checkList(_ count: Int, _ what: String) throws {
    try ResourceBudget.current.require(saturatingProduct(count, 24), for: what)
    try ResourceBudget.current.spend(saturatingProduct(count, 4), on: what)
}

extension Shape {
    /// The axis counted from the front.
    ///
    /// - Throws: `Problem.Kind.invalidShape` if the shape has no such axis.
    package func checkedAxis(_ axis: Int) throws -> Int {
        guard let normalized = normalizedAxis(axis) else {
            throw Problem(.invalidShape("axis \(axis) is outside the input's shape \(self)"))
        }
        return normalized
    }

    /// The axes counted from the front, ascending, each once.
    package func checkedAxes(_ axes: [Int]) throws -> [Int] {
        Set(try axes.map(checkedAxis)).sorted()
    }

    /// The extent of an axis, which may count from the end.
    ///
    /// - Throws: `Problem` if it is free or there is no such axis.
    package func knownExtent(_ axis: Int) throws -> Int {
        let extent = dims[try checkedAxis(axis)]
        guard extent != Shape.free else { throw Problem.unknownSpatialSize }
        return extent
    }
}

extension Constant {
    /// 32-bit floats that are all equal; takes no memory whatever the shape.
    package static func filled(_ value: Double, _ shape: Shape) -> Constant {
        Constant([value], []).broadcast(to: shape)
    }
}

extension Array {
    /// The only element.
    ///
    /// - Throws: `Problem.Kind.invalidShape` if there are none or several.
    package func only() throws -> Element {
        guard count == 1, let element = first else {
            throw Problem(.invalidShape("the layer takes one input, not \(count)"))
        }
        return element
    }
}
