import PythonCode

/// Functions that are more than one operation, or return plain values.
enum LambdaFunctions {
    typealias Function = @Sendable (LambdaMeaning, LambdaArguments) throws -> LambdaValue

    /// The function at a path; nil if it is none of these.
    static func special(_ path: String) -> Function? {
        if path.hasPrefix("np.") || path.hasPrefix("math.") {
            return numbers[String(path.drop { $0 != "." }.dropFirst())]
        }
        return tables.lazy.compactMap { $0[path] }.first ?? preprocessing(path)
    }

    private static let tables = [
        python, settings, backend, padding, images, draws, mapping, loops, regions, spectra,
    ]
}
