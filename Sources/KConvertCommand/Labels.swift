import Foundations
import Tensors

/// Names for the elements of an output, a line of a text file for each.
struct Labels {
    private let names: [String]

    /// Reads a file; empty lines at its end count for nothing.
    init(path: String) throws {
        let file = try MappedFile(path: path)
        var names = file.bytes.split(omittingEmptySubsequences: false) { $0 == 0x0A }.map {
            String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self)
        }
        while names.last?.isEmpty == true { names.removeLast() }
        self.names = names
    }

    /// The name of an element, its number where it has none.
    func name(of index: Int) -> String {
        names.indices.contains(index) ? names[index] : String(index)
    }
}
