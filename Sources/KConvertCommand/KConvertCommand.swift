import ArgumentParser

@main
struct KConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "kconvert")
}
