import Problems

/// The descriptions of Keras objects in a SavedModel.
///
///     keras_metadata.pb     TensorFlow 2.5 and later: `SavedMetadata`
///     saved_model.pb        before: `user_object.metadata` of each object
package enum KerasMetadata {
    /// The JSON text that describes the saved object; nil if it is not of Keras.
    ///
    /// - Parameter bytes: the content of `keras_metadata.pb`.
    /// - Throws: `malformed` or `truncated` for damaged files.
    package static func root(metadata bytes: UnsafeRawBufferPointer) throws -> String? {
        let message = ProtobufMessage(bytes: bytes, what: "keras_metadata.pb")
        for node in try message.messages(1) where try node.integer(2) == 0 {
            return try text(node.text(5))
        }
        return nil
    }

    /// The JSON text that describes the saved object; nil if it is not of Keras.
    ///
    /// - Parameter bytes: the content of `saved_model.pb`.
    /// - Throws: `malformed` or `truncated` for damaged files.
    package static func root(savedModel bytes: UnsafeRawBufferPointer) throws -> String? {
        let message = ProtobufMessage(bytes: bytes, what: "saved_model.pb")
        for graph in try message.messages(2) {
            guard let object = try graph.message(7)?.messages(1).first?.message(4) else { continue }
            if let text = try text(object.text(3)) { return text }
        }
        return nil
    }

    private static func text(_ metadata: String) -> String? {
        metadata.isEmpty ? nil : metadata
    }
}
