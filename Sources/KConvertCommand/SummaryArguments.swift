import ArgumentParser
import KConvert

/// The options of a conversion that say how much it prints.
struct SummaryArguments: ParsableArguments {
    @Flag(name: [.short, .long], help: "Print nothing but errors.")
    var quiet = false

    @Flag(name: [.short, .long], help: "Print every pass and operator.")
    var verbose = false

    /// Prints what a conversion did.
    ///
    /// - Parameter isNamed: whether the path of the written file was given.
    func show(_ report: ConversionReport, _ destination: ConversionDestination, isNamed: Bool) {
        guard !quiet else { return }
        Command.printForPeople(report.text(isDetailed: verbose))
        if !isNamed {
            Command.printForPeople(
                "note: no output was given with -o; the file is \(destination.name)")
        }
    }
}
