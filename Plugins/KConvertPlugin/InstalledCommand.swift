import Foundation

/// The command `kconvert` of this machine.
enum InstalledCommand {
    /// There is none.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// The command that the environment variable `KCONVERT` names, else the first one in `PATH` and in the usual folders.
    ///
    /// - Throws: `Missing` if there is none.
    static func url() throws -> URL {
        let environment = ProcessInfo.processInfo.environment
        let folders =
            (environment["PATH"] ?? "").split(separator: ":").map(String.init)
            + ["/usr/local/bin", "/opt/homebrew/bin"]
        let candidates = environment["KCONVERT"].map { [$0] } ?? folders.map { $0 + "/kconvert" }
        guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw Missing(
                description: environment["KCONVERT"].map {
                    "KCONVERT names '\($0)', which is not a program."
                }
                    ?? "The command kconvert is not installed. Install it with 'make install' in the package "
                    + "kconvert, or set the environment variable KCONVERT to its path.")
        }
        return URL(filePath: path)
    }
}
