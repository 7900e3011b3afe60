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
        let fields = bytes.count(where: isSeparator)
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
            guard line.contains(where: { $0 != 0x20 && !(0x09...0x0D).contains($0) }) else {
                continue
            }
            guard let row = numbers(in: line) else {
                if columns == nil, records == 0 {
                    columns = line.count(where: isSeparator) + 1
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

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\t")
    }

    /// The numbers of a line; nil if a field is none, with what follows it unread.
    private static func numbers(in line: Slice<UnsafeRawBufferPointer>) -> [Double]? {
        var numbers: [Double] = []
        var rest = line
        while true {
            let end = rest.firstIndex(where: isSeparator)
            guard let number = number(rest[..<(end ?? rest.endIndex)]) else { return nil }
            numbers.append(number)
            guard let end else { return numbers }
            rest = rest[(end + 1)...]
        }
    }

    /// The number in a field, which may stand between spaces or behind the mark of the byte order.
    private static func number(_ field: Slice<UnsafeRawBufferPointer>) -> Double? {
        let text = String(decoding: field, as: UTF8.self).drop { $0 == " " || $0 == "\u{FEFF}" }
        let end = text.lastIndex { $0 != " " }
        return end.flatMap { Double(text[...$0]) }
    }

    private static func malformed(_ reason: String) -> Problem {
        Problem(.malformed(what: "table of numbers", reason: reason))
    }
}
