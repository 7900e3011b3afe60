import Foundations
import Tensors

/// The forms in which a constant filter has been packed, each made when it is first needed and then kept.
///
/// They do not depend on the extents of the data, so that resized data finds them here.
package final class PackedMatrices: Sendable {
    /// A way to pack a filter.
    enum Form: Hashable {
        /// The output channels from a first one on, as columns.
        case columns(from: Int)
        /// All output channels, for products with single rows.
        case vectors
        /// The terms of `WinogradConvolution`.
        case terms
    }

    /// A way to pack integers: the output channels from a first one on, in taps of some length.
    struct IntegerForm: Hashable {
        let first: Int
        let tapLength: Int
    }

    private struct Made {
        var matrices: [Form: PackedMatrix] = [:]
        var integerMatrices: [IntegerForm: PackedIntegerMatrix] = [:]
    }

    private let made = Locked(Made())
    /// Whether a filter is packed, too, if that saves little in each product.
    package let expectsManyProducts: Bool

    /// No forms yet.
    ///
    /// - Parameter expectsManyProducts: whether there are more products with single rows than about ten.
    package init(expectsManyProducts: Bool = true) {
        self.expectsManyProducts = expectsManyProducts
    }

    /// The matrix of a form; `pack` makes it if there is none yet.
    func matrix(_ form: Form, pack: () -> PackedMatrix) -> PackedMatrix {
        made.withLock { made in
            if let matrix = made.matrices[form] { return matrix }
            let matrix = pack()
            made.matrices[form] = matrix
            return matrix
        }
    }

    /// The integer matrix of a form; `pack` makes it if there is none yet.
    func matrix(_ form: IntegerForm, pack: () -> PackedIntegerMatrix) -> PackedIntegerMatrix {
        made.withLock { made in
            if let matrix = made.integerMatrices[form] { return matrix }
            let matrix = pack()
            made.integerMatrices[form] = matrix
            return matrix
        }
    }

    /// The filter `[outputs, inputs]` of a fully connected layer of integers.
    func fullyConnected(
        _ filter: UnsafePointer<Int8>, inputs: Int, outputs: Int
    ) -> PackedIntegerMatrix {
        matrix(.init(first: 0, tapLength: inputs)) {
            PackedIntegerMatrix(
                filter, tapCount: 1, tapLength: inputs, columns: outputs, tapStride: 0,
                columnStride: inputs)
        }
    }

    /// The filter `[outputs, inputs]` of a fully connected layer.
    package func fullyConnected(
        _ filter: UnsafePointer<Float>, inputs: Int, outputs: Int, for use: PackedMatrix.Use = .rows
    ) -> PackedMatrix {
        matrix(use == .vectors ? .vectors : .columns(from: 0)) {
            PackedMatrix(
                filter, depth: inputs, columns: outputs, depthStride: 1, columnStride: inputs,
                for: use)
        }
    }
}
