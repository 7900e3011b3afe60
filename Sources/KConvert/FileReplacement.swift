import Foundations

/// Files that replace others only when they are complete, as those of conversions do; for reports and tensors.
public enum FileReplacement {
    /// From now on, no file that this package has read in the process is replaced by one that it writes.
    ///
    /// For programs whose users name all files: whatever reads and writes them, no output replaces an input.
    public static func protectInputs() {
        ReadFiles.protect()
    }

    /// Writes a file; an old one stays until the new one is complete.
    ///
    /// - Throws: `ConversionError` if the file cannot be written, or there is something else than a file at the path.
    public static func write(_ bytes: [UInt8], to path: String) throws(ConversionError) {
        try ConversionError.wrapping {
            let file = try OutputFile(replacing: path)
            try file.reserve(bytes.count)
            try bytes.withUnsafeBytes { try file.write($0, at: 0) }
            try file.commit()
        }
    }
}
