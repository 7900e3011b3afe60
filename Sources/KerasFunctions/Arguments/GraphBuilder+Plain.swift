import Foundations
import GraphIR
import KerasFormat

extension GraphBuilder {
    /// An argument as a plain value: a tensor in it that follows from shapes and constants counts as its elements.
    ///
    /// Nil if it holds another tensor. This is where arithmetic on shapes becomes numbers: sizes, bounds, counts and axes are
    /// asked for in this way.
    package func plain(_ argument: CallArgument) -> JSONValue? {
        switch argument {
        case .value(let value): return value
        case .tensor(let id): return numbers(id)
        case .list(let elements):
            let values = elements.compactMap { plain($0) }
            return values.count == elements.count ? .array(values) : nil
        case .object(let members):
            let values = members.compactMapValues { plain($0) }
            return values.count == members.count
                ? .object(JSONObject(values.map { ($0.key, $0.value) })) : nil
        }
    }

    private func numbers(_ id: ValueID) -> JSONValue? {
        let type = type(of: id)
        guard type.shape.rank <= 1, let elements = knownElements(id) else { return nil }
        let values = elements.map { element -> JSONValue in
            if type.dtype == .bool { return .bool(element != 0) }
            guard !type.dtype.isFloat, let whole = Int64(exactly: element) else {
                return .double(element)
            }
            return .int(whole)
        }
        return type.shape.rank == 0 ? values.first : .array(values)
    }
}
