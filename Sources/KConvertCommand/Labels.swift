/// Names for the elements of an output, one for each line of a text file.
struct Labels {
    private let names: [String]

    /// Reads a file; empty lines at its end are ignored.
    init(path: String) throws {
        var names = try Command.readFile(path).split(omittingEmptySubsequences: false) {
            $0 == 0x0A
        }.map {
            String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self)
        }
        while names.last?.isEmpty == true { names.removeLast() }
        self.names = names
    }

    /// The name of an element; its number if it has none.
    func name(of index: Int) -> String {
        names.indices.contains(index) ? names[index] : String(index)
    }
}
