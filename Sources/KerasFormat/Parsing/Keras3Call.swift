import Foundations

/// Reads calls as Keras 3 writes them: `{"args": […], "kwargs": {…}}` with tensors anywhere inside.
///
/// Slices become those of Keras 2, `{"start", "stop", "step"}`.
enum Keras3Call {
    /// The call with these arguments.
    static func call(arguments: [JSONValue], keywords: JSONObject) -> CallDescription {
        var arguments = arguments
        var keywords = keywords
        if arguments.isEmpty, let inputs = keywords["inputs"] {
            arguments = [inputs]
            keywords["inputs"] = nil
        }
        return CallDescription(
            arguments: arguments.map { argument($0) },
            keywordArguments: Dictionary(
                zip(keywords.keys, keywords.values.map { argument($0) }),
                uniquingKeysWith: { first, _ in first }))
    }

    private static func argument(_ value: JSONValue) -> Argument {
        switch value {
        case .array(let elements):
            return .joining(elements.map { argument($0) }, or: unwrapped(value))
        case .object(let members):
            if members["class_name"]?.string == "__keras_tensor__",
                let history = members["config"]?["keras_history"],
                let tensor = TensorReference(history)
            {
                return .tensor(tensor)
            }
            if let slice = slice(members) { return slice }
            return .joining(
                members.keys, members.values.map { argument($0) }, or: unwrapped(value))
        default:
            return .constant(value)
        }
    }

    /// A slice whose ends are constants or tensors.
    private static func slice(_ members: JSONObject) -> Argument? {
        guard members["class_name"]?.string == "__slice__", let ends = members["config"] else {
            return nil
        }
        return argument(ends)
    }

    /// A value without tensors, its slices unwrapped.
    private static func unwrapped(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements):
            return .array(elements.map { unwrapped($0) })
        case .object(let members):
            guard members["class_name"]?.string == "__slice__", let ends = members["config"] else {
                return value
            }
            return ends
        default:
            return value
        }
    }
}
