/// A value of the symbolic run.
indirect enum SymbolicValue {
    case expression(PythonExpression)
    case tuple([SymbolicValue])
    /// A list, by its place in the machine's memory, since it can change.
    case list(Int)
    case function(InnerFunction)
    /// A method of a list.
    case method(list: Int, String)
    /// What is left of a sequence.
    case iterator(ArraySlice<SymbolicValue>)
    case code(CodeObject)
    /// A variable that several functions share, by its place in the machine's memory.
    case cell(Int)
    /// The marker of a missing receiver, or of a variable without a value.
    case null

    static func constant(_ constant: PythonConstant) -> SymbolicValue {
        .expression(PythonExpression(constant))
    }

    /// The constant that the value is.
    var constant: PythonConstant? {
        if case .expression(let expression) = self { expression.constant } else { nil }
    }
}

/// A function that the code itself makes.
struct InnerFunction {
    let code: CodeObject
    var defaults: [SymbolicValue] = []
    /// The places of the variables of the functions around.
    var closure: [Int] = []
}

/// What a run may use up.
///
/// A class, because all branches draw on the same account.
final class SymbolicBudget {
    static let largestStack = 1024
    static let mostItems = 256
    static let deepestCalls = 8
    private var steps = 20_000
    private var branches = 16

    func spend(_ count: Int = 1) throws {
        steps -= count
        guard steps >= 0 else { throw SymbolicFault.tooLong }
    }

    func spendBranch() throws {
        branches -= 1
        guard branches >= 0 else { throw SymbolicFault.tooLong }
    }
}

/// Why a run ends without a value.
enum SymbolicFault: Error {
    /// The code raises an exception.
    case raised
    /// The function has more steps, branches or parts than are followed.
    case tooLong
    /// A construct that is not understood, in words.
    case notUnderstood(String)
}
