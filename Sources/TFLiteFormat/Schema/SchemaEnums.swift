/// An enumeration of the schema that is stored as one byte.
///
/// The raw value 0 is the default of every field of such a type.
package protocol SchemaEnum: RawRepresentable<Int8>, CaseIterable, Sendable, Hashable {
    /// The name of the value in the schema, such as `SAME`.
    var schemaName: String { get }
}

extension SchemaEnum {
    package var schemaName: String { "\(self)".uppercased() }
}

/// How the borders of a window operation are padded.
package enum TFLitePadding: Int8, SchemaEnum {
    case same = 0
    case valid = 1
}

/// The function that an operator applies to its result.
package enum TFLiteActivation: Int8, SchemaEnum {
    case none = 0
    case relu = 1
    case reluN1To1 = 2
    case relu6 = 3
    case tanh = 4
    case signBit = 5

    package var schemaName: String {
        switch self {
        case .none: "NONE"
        case .relu: "RELU"
        case .reluN1To1: "RELU_N1_TO_1"
        case .relu6: "RELU6"
        case .tanh: "TANH"
        case .signBit: "SIGN_BIT"
        }
    }
}

/// How the weights of FULLY_CONNECTED are laid out.
package enum WeightsFormat: Int8, SchemaEnum {
    case `default` = 0
    case shuffled4x16Int8 = 1
}

/// Which form of the cell LSTM computes.
package enum LSTMKernel: Int8, SchemaEnum {
    case full = 0
    case basic = 1
}

/// Whether MIRROR_PAD leaves out the border element (reflect) or repeats it (symmetric).
package enum MirrorPadMode: Int8, SchemaEnum {
    case reflect = 0
    case symmetric = 1
}

/// How EMBEDDING_LOOKUP_SPARSE joins the rows of an example.
package enum EmbeddingCombiner: Int8, SchemaEnum {
    case sum = 0
    case mean = 1
    case sqrtN = 2
}

/// The kind of projection of LSH_PROJECTION.
package enum LSHProjectionKind: Int8, SchemaEnum {
    case unknown = 0
    case sparse = 1
    case dense = 2
}
