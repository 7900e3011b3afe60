import Foundations

/// Values of Python that SavedModels write as objects.
///
///     {"class_name": "__tuple__", "items": [1, 2]}
///     {"class_name": "TensorShape", "items": [null, 3]}
package enum EncodedValues {
    /// JSON with lists instead of such objects.
    package static func plain(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements):
            return .array(elements.map { plain($0) })
        case .object(let members):
            if let name = members["class_name"]?.string,
                ["__tuple__", "TensorShape"].contains(name),
                let items = members["items"]?.array
            {
                return .array(items.map { plain($0) })
            }
            return .object(
                JSONObject(uniqueKeys: members.keys, values: members.values.map { plain($0) }))
        default:
            return value
        }
    }
}
