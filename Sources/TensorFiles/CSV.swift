import Foundations
import Interpreter
import Problems
import Tensors

/// Tables of numbers as text: a line for each record, numbers between commas, semicolons or tabs.
enum CSV {
    /// The table in `bytes` as `[records, columns]` of doubles.
    ///
    /// Empty lines and a first line of titles are ignored.
    ///
    /// - Throws: `Problem.Kind.malformed` with the number of a line that is not a list of numbers or has another length;
    ///   `overBudget`.
    static func read(_ bytes: UnsafeRawBufferPointer) throws -> Tensor {
        let lines = bytes.count { $0 == 0x0A || $0 == 0x0D }
        let fields = bytes.count { $0 == 0x2C || $0 == 0x3B || $0 == 0x09 }
        return try ResourceBudget.current.holding(
            64 * lines + 24 * (lines + fields), for: "the table"
        ) { try table(bytes) }
    }

    private static func table(_ bytes: UnsafeRawBufferPointer) throws -> Tensor {
        var values: [Double] = []
        var columns: Int?
        var records = 0
        let lines = bytes.split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0D }
        for (number, line) in lines.enumerated() {
            let text = String(decoding: line, as: UTF8.self)
            guard text.contains(where: { !$0.isWhitespace }) else { continue }
            guard let row = numbers(in: text) else {
                if columns == nil, records == 0 {
                    columns = fields(of: text).count
                    continue
                }
                throw malformed("line \(number + 1) is not a list of numbers")
            }
            guard columns == nil || columns == row.count else {
                throw malformed(
                    "line \(number + 1) has \(row.count) numbers, the first one has \(columns ?? 0)"
                )
            }
            columns = row.count
            records += 1
            values += row
        }
        guard records > 0, let columns else { throw malformed("it holds no numbers") }
        return Tensor(dtype: .float64, shape: [records, columns], copying: values)
    }

    /// The text of an array, a line for each record.
    static func write(_ tensor: LiteTensor) -> String {
        let values = tensor.doubles
        let records = tensor.shape.count > 1 ? tensor.shape[0] : 1
        let size = records > 0 ? values.count / records : 0
        return (0..<records).map { record in
            let row = values[record * size..<(record + 1) * size]
            return row.map(tensor.elementType.text).joined(separator: ",") + "\n"
        }.joined()
    }

    private static func numbers(in line: String) -> [Double]? {
        let fields = fields(of: line)
        let numbers = fields.compactMap { Double($0) }
        return numbers.count == fields.count ? numbers : nil
    }

    private static func fields(of line: String) -> [Substring] {
        line.split(omittingEmptySubsequences: false) { $0 == "," || $0 == ";" || $0 == "\t" }
            .map { field in
                var field = field.drop { $0 == " " || $0 == "\u{FEFF}" }
                while field.last == " " { field.removeLast() }
                return field
            }
    }

    private static func malformed(_ reason: String) -> Problem {
        Problem(.malformed(what: "table of numbers", reason: reason))
    }
}
