import CKernels

/// Some plain rows of elements, widened, that are multiplied together, and where their results go.
struct WidenedRows<Result> {
    /// The numbers of the rows.
    let numbers: Range<Int>
    /// The address of the results of each row.
    let results: UnsafeMutablePointer<UnsafeMutablePointer<Result>?>
    /// Memory that is free for use.
    let spare: UnsafeMutableRawPointer
    private let addresses: UnsafeMutablePointer<UnsafeRawPointer?>
    private let start: UnsafeMutableRawPointer
    private let stride: Int

    /// Calls `body` with memory for rows of `length` elements, as many at a time as stay in a near cache.
    ///
    /// - Parameter spare: bytes of free memory for each row.
    static func forEachBlock(
        rows: Int, length: Int, spare: Int = 0, threads: Int, _ body: (WidenedRows) -> Void
    ) {
        let size = kc_integer_element_size()
        let block = min(max(65536 / max(length * size, 1), 8), 64)
        let stride = (length * size + 67) / 64 * 64
        Parallel.forEachPart(of: rows, threads: threads, grain: block) { part in
            for first in Swift.stride(from: part.lowerBound, to: part.upperBound, by: block) {
                let numbers = first..<min(first + block, part.upperBound)
                let bytes = numbers.count * (stride + spare)
                guard let scratch = kc_scratch((bytes + 67) / 4) else { return }
                let start = UnsafeMutableRawPointer(scratch)
                IntegerProduct.withRows(numbers.count) { addresses, results in
                    body(
                        WidenedRows(
                            numbers: numbers, results: results,
                            spare: start + numbers.count * stride, addresses: addresses,
                            start: start, stride: stride))
                }
            }
        }
    }

    /// The address of each row.
    var rows: UnsafePointer<UnsafeRawPointer?> { UnsafePointer(addresses) }

    /// Calls `body` with the number of each row and where its elements belong.
    func forEach(_ body: (_ index: Int, _ number: Int, _ target: UnsafeMutableRawPointer) -> Void) {
        for (index, number) in numbers.enumerated() {
            let target = start + index * stride
            addresses[index] = UnsafeRawPointer(target)
            body(index, number, target)
        }
    }
}
