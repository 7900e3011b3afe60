/// What apps are told of a converted file: `TFLITE_METADATA`, which ML Kit, Android Studio and the Task library read.
///
/// Names and kinds of inputs and outputs follow from the model. A normalization at the start of the model stays a part of the
/// file, so that apps are told to pass values as they are.
public struct MetadataOptions: Sendable {
    /// Names for the elements of an output.
    public struct Labels: Sendable {
        /// The name of the output; nil for the only one whose last extent is the number of names.
        public let output: String?
        /// A text file with a name in each line, in UTF-8; it becomes a part of the written file.
        public let path: String

        /// Names in a file.
        public init(output: String? = nil, path: String) {
            self.output = output
            self.path = path
        }
    }

    /// What apps subtract from pixels of 0 to 255, or from other inputs if there is no image; one number, or one for each channel.
    public var mean = [0.0]
    /// What apps then divide by.
    public var deviation = [1.0]
    /// The names of elements of outputs.
    public var labels: [Labels] = []
    /// What the model is, for people; nil for a sentence with its name.
    public var description: String?

    /// Names and kinds alone, inputs as they are.
    public init() {}

    /// Whether apps have to change inputs.
    var normalizes: Bool {
        mean.contains { $0 != 0 } || deviation.contains { $0 != 1 }
    }
}
