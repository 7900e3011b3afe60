import CHDF5
import Problems
import Tensors

/// The element type of a dataset.
struct HDF5ElementType {
    /// The type of the elements in memory.
    let dtype: DType
    /// Whether the stored bytes are those of `dtype` on this machine.
    let isNative: Bool

    /// The number type that `type` describes, or nil for any other.
    ///
    /// bfloat16 is stored as opaque values of two bytes, truth values as enumerations of one byte.
    init?(_ type: hid_t) {
        let size = H5Tget_size(type)
        let isLittleEndian = size == 1 || H5Tget_order(type) == H5T_ORDER_LE
        switch H5Tget_class(type) {
        case H5T_FLOAT:
            let exact = Self.float(type, size: size)
            dtype = exact ?? (size <= 4 ? .float32 : .float64)
            isNative = exact != nil && isLittleEndian
        case H5T_INTEGER:
            guard H5Tget_precision(type) == size * 8 else { return nil }
            let isSigned = H5Tget_sign(type) != H5T_SGN_NONE
            switch size {
            case 1: dtype = isSigned ? .int8 : .uint8
            case 2: dtype = isSigned ? .int16 : .uint16
            case 4: dtype = isSigned ? .int32 : .uint32
            case 8: dtype = isSigned ? .int64 : .uint64
            default: return nil
            }
            isNative = isLittleEndian
        case H5T_OPAQUE where size == 2:
            dtype = .bfloat16
            isNative = true
        case H5T_ENUM where size == 1:
            dtype = .bool
            isNative = true
        default:
            return nil
        }
    }

    /// The type whose sign, exponent and mantissa lie where `type` has them.
    private static func float(_ type: hid_t, size: Int) -> DType? {
        var sign = 0
        var exponent = 0
        var exponentBits = 0
        var mantissa = 0
        var mantissaBits = 0
        guard
            H5Tget_fields(type, &sign, &exponent, &exponentBits, &mantissa, &mantissaBits) >= 0,
            mantissa == 0, exponent == mantissaBits, sign == exponent + exponentBits,
            H5Tget_norm(type) == H5T_NORM_IMPLIED,
            exponentBits < 16, H5Tget_ebias(type) == 1 << (exponentBits - 1) - 1
        else { return nil }
        switch (size, exponentBits, mantissaBits) {
        case (2, 5, 10): return .float16
        case (2, 8, 7): return .bfloat16
        case (4, 8, 23): return .float32
        case (8, 11, 52): return .float64
        default: return nil
        }
    }

    /// Runs `body` on the type that libhdf5 shall convert the elements of `dataset` to: its `dtype` here.
    static func usingMemoryType<Result>(
        of dataset: hid_t, _ body: (hid_t) throws -> Result
    ) throws -> Result {
        let fault = { Problem(.malformed(what: "HDF5 dataset", reason: HDF5Library.errorText)) }
        return try HDF5Library.using(H5Dget_type(dataset), H5Tclose, else: fault()) { stored in
            let size = H5Tget_size(stored)
            let isForeignFloat =
                H5Tget_class(stored) == H5T_FLOAT && float(stored, size: size) == nil
            let model =
                isForeignFloat
                ? (size <= 4 ? kc_H5T_NATIVE_FLOAT() : kc_H5T_NATIVE_DOUBLE()) : stored
            return try HDF5Library.using(H5Tcopy(model), H5Tclose, else: fault()) { memory in
                if H5Tget_class(memory) == H5T_FLOAT || H5Tget_class(memory) == H5T_INTEGER {
                    H5Tset_order(memory, H5T_ORDER_LE)
                }
                return try body(memory)
            }
        }
    }
}
