/// Which build of the runtime runs the file.
package struct MicroRuntime: Sendable {
    /// The processor.
    package var word: MicroWord
    /// The library of kernels.
    package var kernels: MicroKernels
    /// Whether it is that of the Python package, which records allocations and decompresses constants.
    package var isPackage: Bool

    package init(
        _ word: MicroWord = .bits32, _ kernels: MicroKernels = .reference,
        isPackage: Bool = false
    ) {
        self.word = word
        self.kernels = kernels
        self.isPackage = isPackage
    }

    /// Each library of kernels on 32-bit processors, and the reference kernels on 64-bit ones.
    package static let all =
        MicroKernels.allCases.map { MicroRuntime(.bits32, $0) } + [.init(.bits64)]

    /// The Python package `tflite-micro`.
    package static let package = MicroRuntime(.bits64, isPackage: true)
}
