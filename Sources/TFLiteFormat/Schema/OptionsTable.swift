/// A table of the schema's union `BuiltinOptions`.
///
/// A type declares its fields once, in `visitFields`; encoding and decoding are visitors.
package protocol OptionsTable: Sendable, Equatable {
    /// The tag of the table in the union.
    var tag: UInt8 { get }

    /// The function that the operator applies to its result.
    var fusedActivation: TFLiteActivation { get }

    /// Whether floats that are multiplied with quantized weights are quantized with a zero point.
    var isAsymmetricHybrid: Bool { get }

    /// Shows every field to `visitor`, in the order of the slots.
    mutating func visitFields(_ visitor: inout some OptionsVisitor) throws
}

extension OptionsTable {
    package var fusedActivation: TFLiteActivation { .none }
    package var isAsymmetricHybrid: Bool { false }
}

/// Options of an operator that applies a function to its result.
package protocol FusedActivationOptions: OptionsTable {
    /// The function applied to the result.
    var activation: TFLiteActivation { get }
}

extension FusedActivationOptions {
    package var fusedActivation: TFLiteActivation { activation }
}

/// Options of an operator that can multiply floats with quantized weights.
package protocol HybridOptions: OptionsTable {
    /// Whether the floats are quantized with a zero point.
    var quantizesInputsAsymmetrically: Bool { get }
}

extension HybridOptions {
    package var isAsymmetricHybrid: Bool { quantizesInputsAsymmetrically }
}

/// What is done with each field of an options table.
///
/// A call consumes one slot of the table. `name` is the field's name in the schema.
package protocol OptionsVisitor {
    /// A 32-bit integer.
    mutating func visit(_ name: StaticString, _ value: inout Int, default: Int) throws
    /// A 64-bit integer, by default 0.
    mutating func visit(_ name: StaticString, _ value: inout Int64) throws
    /// A 32-bit float, by default 0.
    mutating func visit(_ name: StaticString, _ value: inout Float) throws
    /// A boolean.
    mutating func visit(_ name: StaticString, _ value: inout Bool, default: Bool) throws
    /// A value of an enumeration stored in one byte, by default the one numbered 0.
    mutating func visit(_ name: StaticString, _ value: inout some SchemaEnum) throws
    /// A vector of 32-bit integers; an absent one is empty.
    mutating func visit(_ name: StaticString, _ value: inout [Int]) throws
    /// A vector of 32-bit floats; an absent one is empty.
    mutating func visit(_ name: StaticString, _ value: inout [Float]) throws
    /// A string; an absent one is empty.
    mutating func visit(_ name: StaticString, _ value: inout String) throws
    /// A slot that is no longer used.
    mutating func skip()
}

extension OptionsVisitor {
    package mutating func visit(_ name: StaticString, _ value: inout Int) throws {
        try visit(name, &value, default: 0)
    }

    package mutating func visit(_ name: StaticString, _ value: inout Bool) throws {
        try visit(name, &value, default: false)
    }
}
