import KerasImport
import Problems
import Reports

extension Inspection {
    /// Looks into a file of weights that cannot be converted because of `problem`.
    ///
    /// - Returns: nil for other files.
    /// - Throws: `Problem` with the file filled in.
    init?(
        weights source: ModelSource, _ problem: Problem,
        _ name: (ConversionError.Setting) -> String
    ) throws {
        guard source.weights == nil,
            let listing = try KerasFiles.arrays(ofWeights: source.model.source)
        else { return nil }
        var facts = ["arrays": String(listing.entries.count)]
        facts["Keras version"] = listing.kerasVersion
        self.init(
            format: "Keras",
            name: String(source.model.source.name.split(separator: "/").last ?? "weights"),
            fileSize: try KerasFiles.byteCount(of: source.model.source), facts: facts,
            inputs: [], outputs: [], rows: [], multiplyAccumulates: 0,
            problems: [problem.description { name(.init($0)) }])
        arrays = listing.entries.map {
            StoredArray(
                name: $0.name, layer: $0.layer, type: $0.elementType.rawValue,
                shape: $0.shape.dims, byteCount: $0.byteCount)
        }
    }

    /// The arrays as a table; the layers have a column if the file tells any.
    static func table(of arrays: [StoredArray]) -> ReportTable {
        let hasLayers = arrays.contains { $0.layer != nil }
        return ReportTable(
            [.number(), .text("name")] + (hasLayers ? [.text("layer")] : [])
                + [.text("type"), .text("shape"), .number("bytes")],
            arrays.enumerated().map { index, array in
                .init(
                    [String(index), array.name] + (hasLayers ? [array.layer ?? ""] : [])
                        + [array.type, Format.shape(array.shape), Format.grouped(array.byteCount)])
            })
    }
}
