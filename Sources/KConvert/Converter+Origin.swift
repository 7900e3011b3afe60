import Foundations
import TFLiteFormat

extension Converter {
    /// Whether this program converted the `.tflite` file at a path, told by the description in it.
    ///
    /// False for files of other converters, for other files, and if the file cannot be read.
    public static func wrote(fileAt path: String) -> Bool {
        do {
            let file = try MappedFile(path: path, isInput: false)
            let model = try TFLiteReader.read(file.bytes, owner: file)
            return model.description == TFLiteModel.ownDescription
        } catch {
            return false
        }
    }
}
