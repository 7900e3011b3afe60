/// The versions of Python whose functions decode alike, named after the last one.
package enum PythonVersion: Int, Sendable, Comparable, CaseIterable {
    case python27, python35, python37, python39, python310, python311, python312, python313
    case python314

    package static func < (left: PythonVersion, right: PythonVersion) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The versions as people write them.
    package var text: String {
        switch self {
        case .python27: "2.7"
        case .python35: "3.4 or 3.5"
        case .python37: "3.6 or 3.7"
        case .python39: "3.8 or 3.9"
        case .python310: "3.10"
        case .python311: "3.11"
        case .python312: "3.12"
        case .python313: "3.13"
        case .python314: "3.14"
        }
    }

    /// Whether instructions take one byte or three, not words of two bytes.
    var hasBytewiseInstructions: Bool { self <= .python35 }

    /// Whether words of zeros follow some instructions.
    var hasCaches: Bool { self >= .python311 }

    /// The first instruction whose argument means something.
    var firstWithArgument: UInt8 { self >= .python313 ? 44 : 90 }
}
