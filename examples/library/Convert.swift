import KConvert

/// Converts a model given on the command line and shows what the library reports.
@main
struct Convert {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 3 else {
            print("usage: library-example model.json weights.h5 model.tflite")
            return
        }
        let files = Array(arguments)

        var options = ConversionOptions()
        options.batch = .fixed(1)
        options.verification = .full
        let converter = Converter(options)

        do {
            let report = try converter.convert(
                ModelSource(architecture: files[0], weights: files[1]), to: files[2]
            ) { progress in
                print("\(progress.stage.rawValue) \(Int(progress.fraction * 100)) %")
                return .proceed  // or .cancel: the old file stays as it is
            }
            print("\(report.before.operators) operators became \(report.after.operators)")
            print("largest error: \(report.verification?.relativeError ?? 0) of the spread")
        } catch {
            for issue in error.issues {
                print(issue.layer ?? "model", issue.message, issue.remedy ?? "")
            }
        }
    }
}
