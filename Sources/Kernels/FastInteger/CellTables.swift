import Foundations

/// What the functions of an integer cell give for all numbers of 16 bits.
struct CellTables: Sendable {
    /// The logistic function of numbers with 3 integer bits, from −32768 on.
    static let logistic = table { FixedPointFunctions<Int16>.logistic($0, integerBits: 3) }
    /// The hyperbolic tangent of numbers with 0, 1, … 6 integer bits.
    private static let tangents = Locked<[Int32: [Int16]]>([:])

    /// The hyperbolic tangent of numbers with some integer bits, from −32768 on.
    static func tanh(integerBits: Int32) -> [Int16] {
        tangents.withLock { known in
            if let table = known[integerBits] { return table }
            let table = table { FixedPointFunctions<Int16>.tanh($0, integerBits: integerBits) }
            known[integerBits] = table
            return table
        }
    }

    private static func table(_ function: (Int32) -> Int32) -> [Int16] {
        (-32768...32767).map { Int16(truncatingIfNeeded: function($0)) }
    }
}
