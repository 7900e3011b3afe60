/// The names under which keras-hub registers classes.
enum KerasHubNames {
    /// The names of a class: keras-hub was keras-nlp before.
    static func names(of className: String) -> [String] {
        ["keras_hub>\(className)", "keras_nlp>\(className)"]
    }
}
