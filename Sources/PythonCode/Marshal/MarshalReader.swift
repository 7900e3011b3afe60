import Problems

/// Reads one object in the `marshal` format of Python 2.7 and 3.4 to 3.14.
///
/// The data comes from strangers: sizes are compared with the bytes that are left before anything is allocated, and nesting and
/// the number of objects are limited.
struct MarshalReader {
    static let largestSize = 1 << 20
    private static let deepestNesting = 64
    private static let mostObjects = 1 << 16
    static let longestText = 1 << 16

    let layout: CodeLayout
    var cursor: MarshalCursor
    private var depth = 0
    private var objectCount = 0
    /// Objects that later ones refer to; nil while an object's parts are being read.
    private var references: [MarshalValue?] = []
    /// The interned strings of Python 2.
    private var interned: [[UInt8]] = []

    /// - Throws: `Problem.Kind.tooLarge` if the data is larger than any function.
    init(_ bytes: [UInt8], layout: CodeLayout) throws {
        guard bytes.count <= Self.largestSize else {
            throw Problem(.tooLarge(what: "Python code", value: "\(bytes.count) bytes"))
        }
        self.layout = layout
        cursor = MarshalCursor(bytes)
    }

    /// The object that all the bytes are.
    static func object(_ bytes: [UInt8], layout: CodeLayout) throws -> MarshalValue {
        var reader = try MarshalReader(bytes, layout: layout)
        let value = try reader.object()
        guard reader.cursor.remaining == 0 else {
            throw Problem.malformedCode("there are bytes behind its end")
        }
        return value
    }

    /// The next object.
    ///
    /// - Throws: `Problem` if the bytes are not an object.
    mutating func object() throws -> MarshalValue {
        guard let value = try objectOrEnd() else {
            throw Problem.malformedCode("an object is missing")
        }
        return value
    }

    /// The next object; nil at the end of a dictionary.
    private mutating func objectOrEnd() throws -> MarshalValue? {
        depth += 1
        defer { depth -= 1 }
        objectCount += 1
        guard depth <= Self.deepestNesting, objectCount <= Self.mostObjects else {
            throw Problem(.tooLarge(what: "Python code", value: "\(objectCount) nested objects"))
        }
        let tag = try cursor.byte()
        let type = Character(Unicode.Scalar(tag & 0x7f))
        switch type {
        case "0": return nil
        case "N": return MarshalValue.none
        case "T": return .boolean(true)
        case "F": return .boolean(false)
        case ".": return .ellipsis
        case "r": return try reference()
        case "R": return try internedString()
        case "(", ")", "[", "{", "<", ">", ":", "c":
            guard tag & 0x80 != 0 else { return try compound(type) }
            let place = references.count
            references.append(nil)
            let value = try compound(type)
            references[place] = value
            return value
        default:
            let value = try atom(type)
            if tag & 0x80 != 0 { references.append(value) }
            return value
        }
    }

    private mutating func reference() throws -> MarshalValue {
        let index = try cursor.long()
        guard references.indices.contains(index), let value = references[index] else {
            throw Problem.malformedCode("it refers to an object that is not there")
        }
        return value
    }

    private mutating func internedString() throws -> MarshalValue {
        let index = try cursor.long()
        guard layout == .python2, interned.indices.contains(index) else {
            throw Problem.malformedCode("it refers to a string that is not there")
        }
        return .bytes(interned[index])
    }

    /// An object that holds others.
    private mutating func compound(_ type: Character) throws -> MarshalValue {
        switch type {
        case ")": return .tuple(try objects(Int(try cursor.byte())))
        case "(": return .tuple(try objects(try cursor.count()))
        case "[": return .list(try objects(try cursor.count()))
        case "<", ">": return .set(try objects(try cursor.count()))
        case ":": return .slice(start: try object(), stop: try object(), step: try object())
        case "{":
            var pairs: [(key: MarshalValue, value: MarshalValue)] = []
            while let key = try objectOrEnd() { pairs.append((key, try object())) }
            return .dictionary(pairs)
        default: return .code(try code())
        }
    }

    private mutating func objects(_ count: Int) throws -> [MarshalValue] {
        guard count <= cursor.remaining else {
            throw Problem.malformedCode("a size of \(count) goes beyond the end of the data")
        }
        var values: [MarshalValue] = []
        for _ in 0..<count { values.append(try object()) }
        return values
    }

    mutating func intern(_ bytes: [UInt8]) { interned.append(bytes) }
}
