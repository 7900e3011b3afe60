import KConvert

extension ConvertCommand {
    /// Writes the page of a conversion and the file for Model Explorer.
    ///
    /// The page says how long each operator takes, and how far each layer of a float file is from the model.
    ///
    /// - Parameter file: what was written; nil if it cannot be read again.
    func writePages(of report: ConversionReport, _ file: ModelSource.File?) throws {
        if let overlay, let data = try report.nodeData() {
            try Command.writeFile(data + "\n", to: overlay)
        }
        guard let html else { return }
        var (comparison, benchmark) = (ComparisonReport?.none, BenchmarkReport?.none)
        if let file {
            benchmark = try Benchmark(model: file, runs: 5, isPerOperator: true).run()
            if report.verification != nil, report.quantization == nil, report.approximation == nil {
                comparison = try ModelComparison(converter().options).compare(
                    files.source, with: file)
            }
        }
        try Command.writeFile(report.html(comparison: comparison, benchmark: benchmark), to: html)
    }
}
