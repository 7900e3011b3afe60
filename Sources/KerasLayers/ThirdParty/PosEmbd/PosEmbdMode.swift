import KerasFormat
import Problems

/// How a layer of keras-pos-embd brings in positions: vectors of integers, a sum with the input, or beside it.
enum PosEmbdMode: String {
    case expand, add, concat

    init(config: LayerConfig) throws {
        let name = try config.string("mode")
        guard let mode = PosEmbdMode(rawValue: name) else {
            throw Problem(
                .invalidField("mode", value: name, expected: "expand, add or concat"))
        }
        self = mode
    }
}
