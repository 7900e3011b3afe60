/// The files by which the build of a platform takes the sources.
struct BuildFiles {
    private let parts: SourceParts

    init(_ parts: SourceParts) {
        self.parts = parts
    }

    var files: [MicroSources.File] {
        switch parts.style.platform {
        case _ where parts.style.sourceName != nil: []
        case .plain, .arduino: []
        case .espIDF:
            [
                .init(
                    name: "CMakeLists.txt",
                    text: """
                        # \(SourceParts.origin)
                        idf_component_register(
                            SRCS "\(parts.source)"
                            INCLUDE_DIRS "."
                            REQUIRES esp-tflite-micro)

                        """),
                .init(
                    name: "idf_component.yml",
                    text: """
                        # \(SourceParts.origin)
                        dependencies:
                          espressif/esp-tflite-micro: "*"

                        """),
            ]
        case .zephyr:
            [
                .init(
                    name: "CMakeLists.txt",
                    text: """
                        # \(SourceParts.origin)
                        zephyr_library_named(\(parts.identifier))
                        zephyr_library_sources(\(parts.source))
                        zephyr_include_directories(.)

                        """)
            ]
        }
    }
}
