import KerasLayers

/// Prints `Documentation/SupportedLayers.md`; `make docs` writes the file with it.
@main
struct SupportedLayersCommand {
    static func main() {
        print(SupportedLayers.markdown, terminator: "")
    }
}
