import Foundations
import KerasFormat
import KerasFunctions

/// What layers of kapre have in common.
enum KapreNames {
    /// The names of a class with and without package, which some versions leave out.
    static func names(of className: String) -> [String] { ["Kapre>\(className)", className] }
}

extension LayerConfig {
    /// A data format of kapre, which files may leave to Keras: channels last then.
    func kapreFormat(_ field: String) throws -> DataFormat {
        let value = self[field]?["config"]?.string ?? self[field]?.string ?? "default"
        if value == "default" { return .channelsLast }
        return try LayerConfig(JSONObject([("data_format", .string(value))])).dataFormat()
    }
}
