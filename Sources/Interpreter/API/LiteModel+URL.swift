#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension LiteModel {
    /// Loads the file at `url`, which stays mapped into memory as long as the model lives.
    ///
    /// - Throws: `LiteModelError` if it cannot be read, is not a valid model, or uses an unknown operator.
    public convenience init(
        contentsOf url: URL, options: Options = Options()
    ) throws(LiteModelError) {
        try self.init(contentsOf: url.path, options: options)
    }

    /// Loads a file that is in memory.
    ///
    /// - Throws: `LiteModelError` if it is not a valid model or uses an unknown operator.
    public convenience init(
        data: Data, options: Options = Options()
    ) throws(LiteModelError) {
        try self.init(bytes: [UInt8](data), options: options)
    }
}
