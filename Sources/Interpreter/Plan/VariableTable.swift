import Foundations
import Tensors

/// The variables that a model names, collected while its subgraphs are planned.
final class VariableTable: Sendable {
    private struct Contents {
        var numbers: [String: Int32] = [:]
        var types: [Int32: Plan.PlannedType] = [:]
    }

    private let contents = Locked(Contents())

    /// The number that stands for a name.
    func number(of name: String) -> Int32 {
        contents.withLock { contents in
            if let number = contents.numbers[name] { return number }
            let number = Int32(truncatingIfNeeded: contents.numbers.count)
            contents.numbers[name] = number
            return number
        }
    }

    /// The type of a variable; nil if nothing has been written yet.
    func type(of number: Int32) -> Plan.PlannedType? {
        contents.withLock { $0.types[number] }
    }

    /// Notes the type of what is written; false if something else has been written before.
    func declare(_ number: Int32, _ type: Plan.PlannedType) -> Bool {
        contents.withLock { contents in
            if let known = contents.types[number] { return known == type }
            contents.types[number] = type
            return true
        }
    }
}
