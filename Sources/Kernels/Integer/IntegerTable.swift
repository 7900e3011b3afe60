/// A function of one quantized element as a table.
package struct IntegerTable<Input: QuantizedElement, Output: QuantizedElement>: Sendable {
    /// The results for all elements from `Input.min` on.
    private let results: [Output]
    /// For each element whether it has a result; empty if all have.
    private let isDefined: [Bool]

    /// - Parameter function: gives the result for an element, within the range of `Output`; nil if there is none.
    @_specialize(where Input == Int8, Output == Int8)
    @_specialize(where Input == UInt8, Output == UInt8)
    @_specialize(where Input == Int16, Output == Int16)
    package init(_ function: (Int32) -> Int32?) {
        var defined = [Bool](repeating: true, count: Int(Input.max) - Int(Input.min) + 1)
        results = defined.indices.map { index in
            let result = function(Int32(Input.min) + Int32(index))
            if result == nil { defined[index] = false }
            return Output(clamping: result ?? 0)
        }
        isDefined = defined.contains(false) ? defined : []
    }

    /// Looks up `count` elements; false if one of them has no result.
    ///
    /// `output` may be `input` if the types are of one size.
    @_specialize(where Input == Int8, Output == Int8)
    @_specialize(where Input == UInt8, Output == UInt8)
    @_specialize(where Input == Int16, Output == Int16)
    @_specialize(where Input == Int8, Output == Int16)
    @_specialize(where Input == Int16, Output == Int8)
    @_specialize(where Input == Int8, Output == UInt8)
    @_specialize(where Input == UInt8, Output == Int8)
    package func apply(
        count: Int, input: UnsafePointer<Input>, output: UnsafeMutablePointer<Output>
    ) -> Bool {
        let lowest = Int(Input.min)
        var isComplete = true
        if !isDefined.isEmpty {
            for index in 0..<count where !isDefined[Int(input[index]) - lowest] {
                isComplete = false
            }
        }
        results.withUnsafeBufferPointer { results in
            for index in 0..<count { output[index] = results[Int(input[index]) - lowest] }
        }
        return isComplete
    }
}
