/// What an instruction does, the same for all versions of Python.
///
/// The comments show the stack before and after, top last.
enum Instruction {
    typealias Binary = PythonExpression.BinaryOperator
    typealias Unary = PythonExpression.UnaryOperator
    typealias Comparison = PythonExpression.Comparison

    /// → value of a variable, unbound afterwards or not.
    case load(String, clearing: Bool)
    /// value →
    case store(String)
    case delete(String)
    /// → value
    case constant(MarshalValue)
    /// → the value of a global name
    case global(String)
    /// → the place of a variable, for an inner function
    case cell(String)
    /// x → x.name
    case attribute(String)
    /// → marker of a missing receiver
    case null
    /// x → module; x stays below for `from`
    case importName(String)
    case importFrom(String)

    /// x y → x∘y
    case binary(Binary)
    case unary(Unary)
    case comparison(Comparison)
    /// x i → x[i]
    case item
    /// v x i → , with x[i] = v
    case storeItem
    /// x start? stop? → x[start:stop]
    case itemSlice(hasStart: Bool, hasStop: Bool)
    /// start stop step? → slice
    case slice(hasStep: Bool)

    /// elements → collection
    case tuple(Int)
    case list(Int)
    /// key value key value … → dictionary
    case dictionary(Int)
    /// values keys → dictionary
    case dictionaryOfKeys(Int)
    /// dictionary value key → dictionary
    case storePair
    /// … list … element → … list …
    case append(depth: Int)
    case extend(depth: Int)
    case merge(depth: Int)
    /// sequences → one list or tuple of their elements
    case joinTuple(Int)
    case joinList(Int)
    case joinDictionaries(Int)
    /// sequence → tuple
    case toTuple
    /// sequence → elements, first on top; with `rest`, elements before, a list and that many after
    case unpack(Int, rest: Int?)

    /// value specification? → text
    case format(hasSpecification: Bool)
    /// texts → their sum
    case joinText(Int)
    /// manager → its exit, what entering it gives
    case enter

    case pop
    /// … x₀ … → … x₀ … x₀
    case copy(depth: Int)
    case swap(depth: Int)
    /// Moves the top below `count - 1` others.
    case rotate(Int)

    case call(Call)
    case makeFunction(Function)
    /// value function → function
    case functionAttribute(FunctionPart)

    /// x → iterator
    case iterate
    /// iterator → iterator element, or a jump at the end, where the iterator may stay for an instruction that drops it
    case next(end: Int, keepsIterator: Bool)
    case jump(Int)
    case branch(Condition, to: Int, keepsValue: Bool)
    case end
    case yield
    /// Raises an exception.
    case raise
    case nothing
    /// What the symbolic run does not do, in words for people.
    case notUnderstood(String)

    /// When a branch is taken.
    enum Condition {
        case isTrue, isFalse, isNone, isNotNone
    }

    /// How a call finds its function and arguments on the stack, from below: receiver or function, arguments, keywords.
    struct Call {
        enum Receiver {
            /// function
            case none
            /// (null, function) or (function, first argument)
            case below
            /// (function, null) or (function, first argument)
            case above
        }

        var receiver = Receiver.none
        /// All arguments on the stack, those by name last.
        var count = 0
        /// Names and values of arguments on the stack, as pairs behind the others.
        var pairs = 0
        var names: [String] = []
        /// Whether a tuple of names lies on top.
        var hasNames = false
        /// Whether a sequence of further arguments lies on the stack.
        var hasSpread = false
        /// Whether a dictionary of further arguments lies on top, or, in Python 3.14, a marker.
        var hasKeywords = false
    }

    /// What a function is made from beside its code.
    enum FunctionPart {
        case defaults, closure
        /// Annotations and the defaults of parameters that are given by name.
        case other
    }

    /// What lies on the stack for a function, from below.
    struct Function {
        /// Defaults that lie there one by one.
        var looseDefaults = 0
        /// The parts that lie there as tuples or dictionaries, in this order.
        var parts: [FunctionPart] = []
        /// Whether a name lies on the code.
        var hasName = false
    }
}
