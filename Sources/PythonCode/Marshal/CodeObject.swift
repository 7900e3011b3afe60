/// The compiled form of one Python function, as stored.
///
/// A class, because constants of a code object may be code objects.
package final class CodeObject: Sendable {
    /// The counts of the header.
    package struct Counts: Sendable {
        /// Parameters that may be given by position.
        package var positional = 0
        /// Parameters that can only be given by name.
        package var keywordOnly = 0
        /// `CO_*` flags.
        package var flags = 0
    }

    package let layout: CodeLayout
    package let counts: Counts
    /// The instructions.
    package let bytes: [UInt8]
    package let constants: [MarshalValue]
    /// Names of globals and attributes.
    package let names: [String]
    package let variables: Variables
    /// The file as Python saw it when it compiled the function.
    package let fileName: String
    package let name: String
    package let firstLine: Int
    /// Which instruction stands on which line, in the format of the version.
    package let lineTable: [UInt8]

    init(
        layout: CodeLayout, counts: Counts, bytes: [UInt8], constants: [MarshalValue],
        names: [String], variables: Variables, fileName: String, name: String, firstLine: Int,
        lineTable: [UInt8]
    ) {
        self.layout = layout
        self.counts = counts
        self.bytes = bytes
        self.constants = constants
        self.names = names
        self.variables = variables
        self.fileName = fileName
        self.name = name
        self.firstLine = firstLine
        self.lineTable = lineTable
    }

    /// The parameters, those by position first.
    package var parameters: ArraySlice<String> {
        variables.local.prefix(counts.positional + counts.keywordOnly)
    }

    /// The names of globals and attributes, those of inner functions too.
    package var allNames: Set<String> {
        constants.reduce(into: Set(names)) { names, constant in
            if case .code(let inner) = constant { names.formUnion(inner.allNames) }
        }
    }

    /// Whether the function takes `*args` or `**kwargs`.
    package var takesAnyArguments: Bool { counts.flags & 0x0c != 0 }

    /// The variable that further arguments by position go to, as `args` in `*args`; nil if there is none.
    package var positionalRest: String? { counts.flags & 0x04 == 0 ? nil : rests.first }

    /// The variable that further arguments by name go to, as `kwargs` in `**kwargs`; nil if there is none.
    package var namedRest: String? {
        counts.flags & 0x08 == 0 ? nil : rests.dropFirst(counts.flags & 0x04 == 0 ? 0 : 1).first
    }

    private var rests: ArraySlice<String> { variables.local.dropFirst(parameters.count) }

    /// Whether the function is a generator or runs asynchronously.
    package var isGenerator: Bool { counts.flags & 0x2a0 != 0 }

    /// The last part of `fileName`; the folders of other people's machines are nobody's business.
    package var shortFileName: String {
        String(fileName.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "")
    }
}

extension CodeObject {
    /// The variables of a function by the way they are kept.
    package struct Variables: Sendable {
        /// Parameters and other local variables.
        package var local: [String] = []
        /// Local variables that inner functions read.
        package var cells: [String] = []
        /// Variables of the functions around.
        package var free: [String] = []
        /// All of them in the order that instructions count; empty before Python 3.11.
        package var all: [String] = []
        /// What each of `all` is.
        package var kinds: [UInt8] = []
    }
}

/// The order of fields in stored code objects.
package enum CodeLayout: Sendable, CaseIterable {
    /// Python 2.7.
    case python2
    /// Python 3.4 to 3.7.
    case keywordOnly
    /// Python 3.8 to 3.10.
    case positionalOnly
    /// From Python 3.11 on.
    case joinedVariables

    /// Where the type byte of the instructions stands.
    var instructionsOffset: Int {
        switch self {
        case .python2: 17
        case .keywordOnly, .joinedVariables: 21
        case .positionalOnly: 25
        }
    }
}
