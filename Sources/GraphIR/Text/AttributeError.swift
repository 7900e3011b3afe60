/// What is wrong with a line of the text form.
struct AttributeError: Error {
    var reason: String
}
