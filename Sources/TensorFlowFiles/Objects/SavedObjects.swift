import Problems

/// The Python objects of a SavedModel, with what its functions are given: `SavedObjectGraph` in `saved_model.pb`.
///
/// Of all that is in there, only static lookup tables are read: those that the function `_initialize` of a table fills once,
/// with constants of the graph or from a text file.
package struct SavedObjects {
    /// What fills a table.
    package enum Table: Equatable {
        /// The keys in the order of their values.
        case keys([Int64])
        /// The name of a file in the folder `assets`, with a key in each line.
        case file(String)
    }

    private let objects: [ProtobufMessage]
    private let functions: [String: ProtobufMessage]
    private let graph: ProtobufMessage?
    private let files: [ProtobufMessage]

    private static let what = "saved_model.pb"

    /// Reads the objects from the content of `saved_model.pb`, which has to stay in memory.
    ///
    /// - Throws: `malformed` or `truncated` for damaged files.
    package init(savedModel bytes: UnsafeRawBufferPointer) throws {
        let model = try ProtobufMessage(bytes: bytes, what: Self.what).message(2)
        let all = try model?.message(7)
        objects = try all?.messages(1) ?? []
        let entries = try all?.messages(2).map { (try $0.text(1), try $0.message(2)) } ?? []
        functions = Dictionary(
            entries.compactMap { name, function in function.map { (name, $0) } },
            uniquingKeysWith: { $1 })
        graph = try model?.message(2)
        files = try model?.messages(6) ?? []
    }

    /// The names of the attributes that lead from the saved object to another; nil if none do.
    package func path(to target: Int) throws -> [String]? {
        var origins: [Int: (name: String, parent: Int)] = [:]
        var reached = [0]
        var next = 0
        while next < reached.count, reached[next] != target {
            for (name, child) in try children(of: reached[next])
            where child != 0 && origins[child] == nil {
                origins[child] = (name, reached[next])
                reached.append(child)
            }
            next += 1
        }
        guard next < reached.count else { return nil }
        var path: [String] = []
        var node = target
        while let origin = origins[node] {
            path.append(origin.name)
            node = origin.parent
        }
        return path.reversed()
    }

    /// What fills the table of a lookup layer; nil if it has no static one.
    package func table(ofLayer layer: Int) throws -> Table? {
        guard let table = try child("lookup_table", of: layer),
            let initializer = try child("_initialize", of: table),
            let name = try object(initializer)?.message(6)?.text(1),
            let bound = try functions[name]?.integers(2)
        else { return nil }
        let given = bound.compactMap { Int(exactly: $0) }.filter { $0 != table }
        for node in given {
            guard let asset = try object(node)?.message(5) else { continue }
            guard let index = Int(exactly: try asset.integer(1)), files.indices.contains(index)
            else { throw Problem(.malformed(what: Self.what, reason: "an asset is missing")) }
            return .file(try files[index].text(2))
        }
        // The keys come first, as in the operator that fills a table.
        guard given.count == 2, let keys = try constant(given[0]),
            let values = try constant(given[1]), keys.count == values.count
        else { return nil }
        return .keys(Self.sorted(keys, by: values))
    }

    /// The keys of a table in the order of their values.
    package static func sorted(_ keys: [Int64], by values: [Int64]) -> [Int64] {
        zip(keys, values).sorted { $0.1 < $1.1 }.map(\.0)
    }

    private func object(_ node: Int) throws -> ProtobufMessage? {
        guard objects.indices.contains(node) else {
            throw Problem(.malformed(what: Self.what, reason: "an object \(node) is missing"))
        }
        return objects[node]
    }

    private func children(of node: Int) throws -> [(name: String, node: Int)] {
        try object(node)?.messages(1).compactMap { child in
            guard let node = Int(exactly: try child.integer(1)) else { return nil }
            return (try child.text(2), node)
        } ?? []
    }

    private func child(_ name: String, of node: Int) throws -> Int? {
        try children(of: node).first { $0.name == name }?.node
    }

    /// The integers of a constant that an object stands for; nil for other objects and other constants.
    private func constant(_ node: Int) throws -> [Int64]? {
        guard let name = try object(node)?.message(9)?.text(1), let graph else { return nil }
        for operation in try graph.messages(1) where try operation.text(1) == name {
            let value = try operation.messages(5).first { try $0.text(1) == "value" }
            return try value?.message(2)?.message(8).flatMap { try SavedIntegers.of($0) }
        }
        return nil
    }
}

/// The integers of a constant: the message `TensorProto`.
enum SavedIntegers {
    /// The elements; nil for floats and text.
    ///
    /// Equal elements at the end may be left out.
    static func of(_ tensor: ProtobufMessage) throws -> [Int64]? {
        let type = try tensor.integer(1)
        guard type == 3 || type == 9 else { return nil }
        let extents = try tensor.message(2)?.messages(2).map { try $0.integer(1) } ?? []
        if let content = try tensor.message(4)?.bytes, !content.isEmpty {
            return type == 9 ? elements(content, as: Int64.self) : elements(content, as: Int32.self)
        }
        let listed = try tensor.integers(type == 9 ? 10 : 7)
        let count = extents.reduce(Int64(1)) { $0.multipliedReportingOverflow(by: $1).partialValue }
        guard let last = listed.last, count > listed.count, count < 1 << 24 else { return listed }
        return listed + [Int64](repeating: last, count: Int(count) - listed.count)
    }

    private static func elements<Element: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, as type: Element.Type
    ) -> [Int64] {
        let size = MemoryLayout<Element>.size
        return stride(from: 0, to: bytes.count - size + 1, by: size).map {
            Int64(Element(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: type)))
        }
    }
}
