import Foundation
import KerasLayers

/// Makes those pages of `Documentation/` that follow from the sources; `make docs` writes them with it.
///
///     documentation layers                                     prints SupportedLayers.md
///     documentation command-line help.json                     prints CommandLine.md
///     documentation config-schema help.json                    prints kconvert.schema.json
///     documentation manual help.json                           prints kconvert.1
///     documentation modules Package.swift Architecture.md      prints Architecture.md with the present modules
@main
struct DocumentationCommand {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("layers", 1):
            print(SupportedLayers.markdown, terminator: "")
        case ("command-line", 2):
            let help = try CommandHelp(Data(contentsOf: URL(filePath: arguments[1])))
            print(CommandReference(help).markdown, terminator: "")
        case ("config-schema", 2):
            let help = try CommandHelp(Data(contentsOf: URL(filePath: arguments[1])))
            print(try ConfigSchema(help).json, terminator: "")
        case ("manual", 2):
            let help = try CommandHelp(Data(contentsOf: URL(filePath: arguments[1])))
            print(ManualPage(help).text, terminator: "")
        case ("modules", 3):
            let texts = try arguments[1...].map { try String(contentsOfFile: $0, encoding: .utf8) }
            print(try ModuleTable(package: texts[0]).replacing(in: texts[1]), terminator: "")
        default:
            print(
                "usage: documentation layers | command-line help.json | config-schema help.json | manual help.json | modules Package.swift page.md"
            )
            exit(64)
        }
    }
}
