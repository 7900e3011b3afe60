/// Reads calls as Keras 3 writes them: `{"args": […], "kwargs": {…}}` with tensors anywhere inside.
enum Keras3Call {
    /// The call with these arguments.
    static func call(arguments: [JSONValue], keywords: JSONObject) -> CallDescription {
        CallDescription(
            arguments: arguments.map { argument($0) },
            keywordArguments: Dictionary(
                zip(keywords.keys, keywords.values.map { argument($0) }),
                uniquingKeysWith: { first, _ in first }))
    }

    private static func argument(_ value: JSONValue) -> Argument {
        switch value {
        case .array(let elements):
            return .joining(elements.map { argument($0) }, or: value)
        case .object(let members):
            if members["class_name"]?.string == "__keras_tensor__",
                let history = members["config"]?["keras_history"],
                let tensor = TensorReference(history)
            {
                return .tensor(tensor)
            }
            return .joining(members.keys, members.values.map { argument($0) }, or: value)
        default:
            return .constant(value)
        }
    }
}
