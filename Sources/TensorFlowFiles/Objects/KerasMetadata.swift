import Problems

/// The descriptions of Keras objects in a SavedModel.
///
///     keras_metadata.pb     TensorFlow 2.5 and later: `SavedMetadata`
///     saved_model.pb        before: `user_object.metadata` of each object
package enum KerasMetadata {
    /// The objects of Keras by their numbers, with the JSON texts that describe them; number 0 is the one that was saved.
    ///
    /// - Parameter bytes: the content of `keras_metadata.pb`.
    /// - Throws: `malformed` or `truncated` for damaged files.
    package static func objects(
        metadata bytes: UnsafeRawBufferPointer
    ) throws -> [(node: Int, text: String)] {
        try ProtobufMessage(bytes: bytes, what: "keras_metadata.pb").messages(1).compactMap {
            node in
            let text = try node.text(5)
            guard !text.isEmpty, let number = Int(exactly: try node.integer(2)) else { return nil }
            return (number, text)
        }
    }

    /// The objects of Keras by their numbers, with the JSON texts that describe them; number 0 is the one that was saved.
    ///
    /// - Parameter bytes: the content of `saved_model.pb`.
    /// - Throws: `malformed` or `truncated` for damaged files.
    package static func objects(
        savedModel bytes: UnsafeRawBufferPointer
    ) throws -> [(node: Int, text: String)] {
        let message = ProtobufMessage(bytes: bytes, what: "saved_model.pb")
        for graph in try message.messages(2) {
            let nodes = try graph.message(7)?.messages(1) ?? []
            let found = try nodes.enumerated().compactMap { number, node in
                let text = try node.message(4)?.text(3) ?? ""
                return text.isEmpty ? nil : (node: number, text: text)
            }
            if !found.isEmpty { return found }
        }
        return []
    }
}
