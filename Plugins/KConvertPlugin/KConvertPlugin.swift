import Foundation
import PackagePlugin

/// Converts models while a target is built.
///
/// Every `kconvert.json` or `*.kconvert.json` in the folder of the target gives a model and options as for `kconvert --config`. The
/// `.tflite` file becomes a resource of the target, and Swift code with a type for the model is compiled into it.
@main
struct KConvertPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let files = try FileManager.default.subpathsOfDirectory(atPath: target.directoryURL.path)
        let configs = files.filter {
            $0 == "kconvert.json" || $0.hasSuffix("/kconvert.json")
                || $0.hasSuffix(".kconvert.json")
        }.sorted()
        guard !configs.isEmpty else {
            Diagnostics.error(
                "The target '\(target.name)' uses KConvertPlugin but has no kconvert.json. "
                    + "Write one with { \"model\": \"model.keras\" } in \(target.directoryURL.path)."
            )
            return []
        }
        let tool = try InstalledCommand.url()
        var names: Set<String> = []
        return try configs.compactMap { path in
            let conversion = try Conversion(config: target.directoryURL.appending(path: path))
            guard names.insert(conversion.name).inserted else {
                Diagnostics.error(
                    "\(path): another model of this target is called '\(conversion.name)'. "
                        + "Give this one another \"output\".")
                return nil
            }
            return conversion.command(tool, in: context.pluginWorkDirectoryURL)
        }
    }
}
