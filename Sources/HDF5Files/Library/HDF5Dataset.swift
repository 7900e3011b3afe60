import CHDF5
import Problems
import Tensors

/// What is known of a dataset before its elements are read.
package struct HDF5Dataset: Sendable {
    /// The path from the root.
    package let path: String
    /// The extents.
    package let shape: Shape
    /// The type of the elements once they are in memory.
    package let elementType: DType

    private let file: HDF5File
    private let place: Place

    private enum Place {
        /// In one piece at an offset of the file, ready for use.
        case mapped(byteOffset: Int)
        /// To be collected, unpacked or converted by libhdf5.
        case packed
    }

    init(path: String, identifier: hid_t, file: HDF5File) throws {
        self.path = path
        self.file = file
        shape = try Self.shape(of: identifier, path: path)
        let type = try Self.type(of: identifier, path: path)
        elementType = type.dtype
        let byteOffset = type.isNative ? Self.byteOffset(of: identifier) : nil
        let start = Int(bitPattern: file.bytes.baseAddress).addingReportingOverflow(byteOffset ?? 0)
        if let byteOffset, start.partialValue % Swift.max(elementType.byteCount, 1) == 0 {
            place = .mapped(byteOffset: byteOffset)
        } else {
            place = .packed
        }
    }

    /// The elements: floats of any width read as `float32`, anything else as stored.
    ///
    /// Plain datasets stay in the file until they are read; packed ones are read now.
    package func constant() throws -> Constant {
        let dtype = elementType.isFloat ? .float32 : elementType
        return try locating(file: file.path) {
            switch place {
            case .mapped(let byteOffset):
                try Constant(
                    bytes: file.bytes, owner: file.owner, byteOffset: byteOffset,
                    storedType: elementType, shape: shape, as: dtype)
            case .packed:
                try Constant(HDF5PackedData.read(self, from: file), as: dtype)
            }
        }
    }

    private static func shape(of dataset: hid_t, path: String) throws -> Shape {
        let fault = { (reason: String) in
            Problem(.malformed(what: "HDF5 dataset '\(path)'", reason: reason))
        }
        return try HDF5Library.using(
            H5Dget_space(dataset), H5Sclose, else: fault(HDF5Library.errorText)
        ) { space in
            guard H5Sget_simple_extent_type(space) != H5S_NULL else {
                throw fault("it holds no elements")
            }
            let rank = Int(H5Sget_simple_extent_ndims(space))
            guard rank >= 0 else { throw fault(HDF5Library.errorText) }
            var extents = [hsize_t](repeating: 0, count: rank)
            H5Sget_simple_extent_dims(space, &extents, nil)
            let dims = extents.compactMap { Int(exactly: $0) }
            let shape = Shape(dims)
            guard dims.count == rank, shape.elementCount < Int.max / 8 else {
                throw Problem(
                    .tooLarge(what: "HDF5 dataset '\(path)'", value: "shape \(extents)"))
            }
            return shape
        }
    }

    /// The offset of the elements from the start of the file, for a dataset in one piece.
    private static func byteOffset(of dataset: hid_t) -> Int? {
        // The library gives none for chunks, for elements in other files and for those in the header.
        let offset = H5Dget_offset(dataset)
        return offset == kc_HADDR_UNDEF() ? nil : Int(exactly: offset)
    }

    private static func type(of dataset: hid_t, path: String) throws -> HDF5ElementType {
        try HDF5Library.using(
            H5Dget_type(dataset), H5Tclose,
            else: Problem(
                .malformed(what: "HDF5 dataset '\(path)'", reason: HDF5Library.errorText))
        ) { type in
            guard let element = HDF5ElementType(type) else {
                throw Problem(
                    .malformed(
                        what: "HDF5 dataset '\(path)'", reason: "its elements are not numbers"))
            }
            return element
        }
    }
}
