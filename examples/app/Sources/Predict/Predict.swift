import Interpreter

/// Runs a model on tables of numbers: a line of standard input is a record, and so is a line that is printed.
///
///     predict model.tflite <records.csv
@main
struct Predict {
    static func main() throws {
        guard let path = CommandLine.arguments.dropFirst().first else {
            print("usage: predict model.tflite <records.csv")
            return
        }
        let model = try LiteModel(contentsOf: path, options: .init(threads: 2))
        var records: [[Float]] = []
        while let line = readLine() {
            records.append(line.split(separator: ",").compactMap { Float($0) })
        }
        let results = try model.predict(records)
        for result in results { print(result.map { "\($0)" }.joined(separator: ",")) }
        if let first = records.first, try repeated(first, model) != results[0] {
            print("a session gives something else")
        }
    }

    /// The result for one record that is run often, without a copy or an allocation for each run.
    private static func repeated(_ record: [Float], _ model: LiteModel) throws -> [Float] {
        let session = try model.makeSession()
        var result: [Float] = []
        for _ in 0..<3 {
            try session.withInput(0, of: Float.self) { elements in
                _ = elements.update(fromContentsOf: record)
            }
            try session.invoke()
            try session.withOutput(0, of: Float.self) { elements in result = Array(elements) }
        }
        return result
    }
}
