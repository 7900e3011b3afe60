import Foundation
import PackagePlugin

/// Runs `kconvert` in a package: `swift package kconvert model.keras -o Sources/App/Resources/model.tflite`.
@main
struct KConvertPackageCommand: CommandPlugin {
    /// The command has reported what is wrong.
    struct Failure: Error, CustomStringConvertible {
        let code: Int32

        var description: String { "kconvert ended with exit code \(code)." }
    }

    func performCommand(context: PluginContext, arguments: [String]) async throws {
        let process = Process()
        process.executableURL = try InstalledCommand.url()
        process.arguments = arguments
        process.currentDirectoryURL = context.package.directoryURL
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(code: process.terminationStatus)
        }
    }
}
