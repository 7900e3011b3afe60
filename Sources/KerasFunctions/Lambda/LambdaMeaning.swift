import Foundations
import GraphIR
import KerasFormat
import Problems
import PythonCode
import Tensors

/// What the code of a Lambda means: names are modules of Keras, TensorFlow and NumPy, calls and operators add operations.
package final class LambdaMeaning: PythonMeaning {
    package typealias Value = LambdaValue

    let builder: GraphBuilder
    let version: KerasVersion
    let definitions: LambdaDefinitions
    /// Whether `/` of two integers rounds down, as in Python 2.
    let dividesIntegers: Bool
    /// What the reader of the summary has to know beside the text of the function.
    package private(set) var notes: [String] = []
    /// The number of functions that are being followed.
    var depth = 0

    package init(
        builder: GraphBuilder, version: KerasVersion,
        definitions: LambdaDefinitions = LambdaDefinitions(), dividesIntegers: Bool = false
    ) {
        self.builder = builder
        self.version = version
        self.definitions = definitions
        self.dividesIntegers = dividesIntegers
    }

    func note(_ text: String) {
        if !notes.contains(text) { notes.append(text) }
    }

    package func constant(_ constant: PythonConstant) -> LambdaValue { .plain(constant) }

    package func name(_ name: String) throws -> LambdaValue {
        if let expression = definitions.value(name) {
            return try PythonEvaluator(self, parameters: [:]).value(of: expression)
        }
        if definitions.function(name) != nil || definitions.hasMembers(of: name) {
            return .path(name)
        }
        guard let path = LambdaNames.root(name) else {
            throw LambdaNames.isPython(name) ? LambdaFault.function(name) : .global(name)
        }
        return .path(path)
    }

    package func canDoWithout(
        _ argument: String?, at position: Int, of function: LambdaValue
    ) -> Bool {
        guard case .path(let path) = function else { return false }
        return argument == "name" || LambdaFunctions.takesAnything(path)
            || LambdaFunctions.canDoWithout(argument, at: position, of: path)
    }

    package func tuple(_ elements: [LambdaValue]) -> LambdaValue { .tuple(elements) }

    package func list(_ elements: [LambdaValue]) -> LambdaValue { .list(elements) }

    package func dictionary(_ pairs: [(key: LambdaValue, value: LambdaValue)]) -> LambdaValue {
        .dictionary(pairs)
    }

    package func slice(
        _ start: LambdaValue?, _ stop: LambdaValue?, _ step: LambdaValue?
    ) -> LambdaValue {
        .slice(start ?? .none, stop ?? .none, step ?? .none)
    }

    package func function(
        parameterCount: Int, _ body: @escaping ([LambdaValue]) throws -> LambdaValue
    ) -> LambdaValue {
        .function { arguments in
            guard arguments.count == parameterCount else {
                throw LambdaFault.notUnderstood("a call with another number of arguments")
            }
            return try self.entering { try body(arguments) }
        }
    }

    package func isTrue(_ value: LambdaValue) throws -> Bool {
        switch folded(value) {
        case .plain(let constant): constant.isTrue
        case .tuple(let elements), .list(let elements), .array(let elements): !elements.isEmpty
        case .tensor: throw LambdaFault.notUnderstood("a condition on a tensor")
        default: true
        }
    }

    /// The value as a tensor, numbers and lists as constants of the type of `like`.
    func tensor(_ value: LambdaValue, like: ValueID? = nil) throws -> ValueID {
        try OperationArguments(in: builder).value(value.argument(), like: like)
    }
}
