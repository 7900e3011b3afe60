import Archives
import HDF5Files
import Images
import KerasFormat

/// What this build of the library is.
public enum BuildInformation {
    /// The version of the library and the command.
    public static let version = "0.1.0"

    /// How it was built, and the versions of the libraries in it, on two lines.
    public static var summary: String {
        "\(configuration) build with Swift \(compiler) for \(platform)\n"
            + libraries.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
    }

    /// The libraries that it was built with.
    public static var libraries: [(name: String, version: String)] {
        [
            ("HDF5", HDF5Version.text), ("json-c", JSONLibrary.version),
            ("zlib", ZlibVersion.text), ("libpng", ImageLibraries.pngVersion),
        ] + (ImageLibraries.jpegVersion.map { [("libjpeg-turbo", $0)] } ?? [])
    }

    private static var configuration: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }

    private static var compiler: String {
        #if compiler(>=6.4)
            "6.4 or newer"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    private static var platform: String {
        #if os(Linux)
            let system = "Linux"
        #elseif os(macOS)
            let system = "macOS"
        #else
            let system = "another system"
        #endif
        #if arch(x86_64)
            return "\(system) on x86_64"
        #elseif arch(arm64)
            return "\(system) on arm64"
        #else
            return system
        #endif
    }
}
