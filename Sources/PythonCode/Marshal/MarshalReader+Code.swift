import Problems

extension MarshalReader {
    private static let mostVariables = 4096

    /// The fields of a code object, behind its type byte.
    mutating func code() throws -> CodeObject {
        let (counts, localCount) = try header()
        let bytes = try byteString("the instructions")
        let constants = try tuple("the constants")
        let names = try self.names("the names")
        let variables = try self.variables()
        let fileName = try name("the file name")
        let name = try self.name("the name")
        if layout == .joinedVariables { _ = try self.name("the qualified name") }
        let firstLine = try cursor.long()
        let lineTable = try byteString("the line table")
        if layout == .joinedVariables { _ = try byteString("the exception table") }

        let parameterCount = counts.positional + counts.keywordOnly
        guard counts.positional >= 0, counts.keywordOnly >= 0,
            parameterCount <= variables.local.count, variables.local.count <= Self.mostVariables,
            (localCount ?? variables.local.count) == variables.local.count
        else { throw Problem.malformedCode("its numbers of variables contradict each other") }
        return CodeObject(
            layout: layout, counts: counts, bytes: bytes, constants: constants, names: names,
            variables: variables, fileName: fileName, name: name, firstLine: firstLine,
            lineTable: lineTable)
    }

    /// The numbers at the beginning, with the number of local variables if the layout states it.
    private mutating func header() throws -> (CodeObject.Counts, locals: Int?) {
        var counts = CodeObject.Counts()
        var locals: Int?
        counts.positional = try cursor.long()
        if layout == .positionalOnly || layout == .joinedVariables { _ = try cursor.long() }
        if layout != .python2 { counts.keywordOnly = try cursor.long() }
        if layout != .joinedVariables { locals = try cursor.long() }
        _ = try cursor.long()
        counts.flags = try cursor.long()
        return (counts, locals)
    }

    private mutating func variables() throws -> CodeObject.Variables {
        var variables = CodeObject.Variables()
        guard layout == .joinedVariables else {
            variables.local = try names("the variables")
            variables.free = try names("the variables of functions around")
            variables.cells = try names("the variables of inner functions")
            return variables
        }
        variables.all = try names("the variables")
        variables.kinds = try byteString("the kinds of variables")
        guard variables.kinds.count == variables.all.count else {
            throw Problem.malformedCode("its numbers of variables contradict each other")
        }
        func those(_ bit: UInt8) -> [String] {
            zip(variables.all, variables.kinds).filter { $0.1 & bit != 0 }.map(\.0)
        }
        variables.local = those(0x20)
        variables.cells = those(0x40)
        variables.free = those(0x80)
        return variables
    }

    private mutating func byteString(_ what: String) throws -> [UInt8] {
        guard case .bytes(let bytes) = try object() else {
            throw Problem.malformedCode("\(what) are missing")
        }
        return bytes
    }

    private mutating func tuple(_ what: String) throws -> [MarshalValue] {
        guard case .tuple(let values) = try object() else {
            throw Problem.malformedCode("\(what) are missing")
        }
        return values
    }

    private mutating func names(_ what: String) throws -> [String] {
        try tuple(what).map { try Self.checkedName($0, what) }
    }

    private mutating func name(_ what: String) throws -> String {
        try Self.checkedName(object(), what)
    }

    /// A string that is safe to print.
    private static func checkedName(_ value: MarshalValue, _ what: String) throws -> String {
        guard let text = value.string else { throw Problem.malformedCode("\(what) are missing") }
        let isPrintable = text.unicodeScalars.allSatisfy {
            switch $0.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
                false
            default: true
            }
        }
        guard isPrintable else { throw Problem.malformedCode("\(what) hold control characters") }
        return text
    }
}
