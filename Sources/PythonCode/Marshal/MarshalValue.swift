/// A Python object as the `marshal` format stores it.
package indirect enum MarshalValue: Sendable {
    case none
    case ellipsis
    case boolean(Bool)
    case integer(Int)
    case float(Double)
    /// A byte string; the plain strings of Python 2 too.
    case bytes([UInt8])
    case text(String)
    case tuple([MarshalValue])
    case list([MarshalValue])
    case dictionary([(key: MarshalValue, value: MarshalValue)])
    case set([MarshalValue])
    case slice(start: MarshalValue, stop: MarshalValue, step: MarshalValue)
    case code(CodeObject)
    /// A value that no understood function can use, such as a complex number; named for the message.
    case other(String)

    /// The text of a string, or of a byte string as Latin-1.
    package var string: String? {
        switch self {
        case .text(let text): text
        case .bytes(let bytes): String(latin1: bytes)
        default: nil
        }
    }
}

extension String {
    /// The text whose scalars are these bytes.
    package init(latin1 bytes: some Sequence<UInt8>) {
        self.init()
        unicodeScalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
    }
}
