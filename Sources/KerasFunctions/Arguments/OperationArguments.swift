import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// The arguments of one call of an operation, found by position or by name, or in the operation's configuration.
package struct OperationArguments {
    /// The tensors that the operation is called on, in order.
    let tensors: [ValueID]
    /// The arguments given by position.
    let positional: [CallArgument]
    /// The arguments given by name.
    let named: [String: CallArgument]
    /// The fields that the operation was made with.
    let config: LayerConfig
    let builder: GraphBuilder

    package init(
        tensors: [ValueID] = [], positional: [CallArgument] = [],
        named: [String: CallArgument] = [:], config: LayerConfig = LayerConfig(JSONObject()),
        in builder: GraphBuilder
    ) {
        self.tensors = tensors
        self.positional = positional
        self.named = named
        self.config = config
        self.builder = builder
    }

    /// The argument at a position or under one of its names; nil if it is missing or null.
    package func argument(_ position: Int?, _ names: String...) -> CallArgument? {
        argument(position, names: names)
    }

    /// The argument at a position or under one of its names as a plain value; nil if it is missing or not known before the model
    /// runs.
    func plain(_ position: Int?, _ names: String...) -> JSONValue? {
        argument(position, names: names).flatMap { builder.plain($0) }
    }

    /// Whether a name is given at all, null included.
    func isGiven(_ name: String) -> Bool {
        named[name] != nil || config.object[name] != nil
    }

    private func argument(_ position: Int?, names: [String]) -> CallArgument? {
        var found: CallArgument?
        if let position, positional.indices.contains(position) {
            found = positional[position]
        }
        for name in names where found == nil { found = named[name] }
        for name in names where found == nil { found = config[name].map { .value($0) } }
        if case .value(.null)? = found { return nil }
        return found
    }

    /// The tensor that the operation is applied to; a list of tensors is stacked, numbers become a constant.
    package func input() throws -> ValueID {
        guard
            let found = argument(
                0, names: ["x", "input", "tensor", "features", "inputs", "images", "params"])
        else { throw Problem(.missingField("the operation's tensor")) }
        if case .tensor(let id) = found { return id }
        return try value(found)
    }

    /// The input, cast to floats.
    func floatInput() throws -> ValueID { try builder.floating(input()) }

    /// The inputs of an operation on a list of tensors, or on several ones.
    func inputs() throws -> [ValueID] {
        let list = positional.isEmpty ? argument(nil, "xs", "values", "inputs") : nil
        let elements = list.map { [$0] } ?? positional
        let flat = elements.count == 1 ? elements[0].elements ?? elements : elements
        let like = flat.flatMap(\.tensors).first
        let values = try flat.map { try value($0, like: like) }
        guard !values.isEmpty else { throw Problem(.missingField("the operation's tensors")) }
        return values
    }

    /// The two operands; a number or array among them becomes a constant of the other's type.
    func operands(_ second: String...) throws -> (ValueID, ValueID) { try operands(second) }

    private func operands(_ second: [String]) throws -> (ValueID, ValueID) {
        guard let a = argument(0, "x1", "x", "a", "value"),
            let b = argument(1, names: ["x2", "y", "b"] + second)
        else { throw Problem(.missingField("the operation's second operand")) }
        guard let like = a.tensors.first ?? b.tensors.first else {
            throw Problem(.missingField("the operation's tensor"))
        }
        return (try value(a, like: like), try value(b, like: like))
    }

    /// The two operands, cast to their common type.
    ///
    /// - Parameter float: whether that is a float even for integers.
    func operands(_ second: String..., float: Bool) throws -> (ValueID, ValueID) {
        let (a, b) = try operands(second)
        let values = try builder.commonType([a, b], float: float)
        return (values[0], values[1])
    }

    /// An argument as a tensor: itself, several stacked, or a constant.
    ///
    /// A constant has the type of `like`, but floats that are not integers stay floats.
    func value(_ argument: CallArgument, like: ValueID? = nil) throws -> ValueID {
        if case .tensor(let id) = argument { return id }
        guard let json = argument.json else {
            let elements = try (argument.elements ?? []).map { try value($0, like: like) }
            return try builder.stacked(elements, axis: 0)
        }
        if case .bool(let flag) = json {
            return builder.constant(NumberArray(flag ? 1 : 0).constant(as: .bool), role: "constant")
        }
        guard let array = NumberArray(json) else {
            throw Problem(
                .invalidField("operand", value: json.description, expected: "numbers"))
        }
        let isWhole = array.values.allSatisfy { $0 == $0.rounded() }
        var dtype = like.map { builder.dtype(of: $0) } ?? .float32
        if let name = json["config"]?["dtype"]?.string, let own = DType(rawValue: name) {
            dtype = own.isFloat || dtype.isFloat ? .float32 : own
        } else if dtype == .bool {
            dtype = isWhole ? .int32 : .float32
        } else if !isWhole {
            dtype = .float32
        }
        return builder.constant(array.constant(as: dtype), role: "constant")
    }
}

extension OperationArguments {
    /// A number.
    func number(_ position: Int?, _ name: String, default standard: Double? = nil) throws
        -> Double
    {
        guard let json = argument(position, name) else {
            if let standard { return standard }
            throw Problem(.missingField(name))
        }
        guard let numbers = builder.plain(json).flatMap(NumberArray.init)?.values,
            numbers.count == 1, let number = numbers.first
        else {
            throw invalid(name, json, expected: "a number")
        }
        return number
    }

    /// A whole number within what a tensor can have.
    func integer(_ name: String, default standard: Int? = nil) throws -> Int {
        guard let list = try integers(nil, name) else {
            if let standard { return standard }
            throw Problem(.missingField(name))
        }
        guard list.count == 1, let first = list.first else {
            throw Problem(.invalidField(name, value: "\(list)", expected: "one whole number"))
        }
        return first
    }

    /// A flag.
    func flag(_ name: String, default standard: Bool = false) -> Bool {
        switch plain(nil, name) {
        case .bool(let value): value
        case .int(let value): value != 0
        default: standard
        }
    }

    /// A list of integers, or one; nil if it is missing or null.
    func integers(_ position: Int?, _ name: String) throws -> [Int]? {
        guard let found = argument(position, name) else { return nil }
        guard let array = builder.plain(found).flatMap(NumberArray.init) else {
            throw invalid(name, found, expected: "whole numbers")
        }
        return try array.values.map { number in
            guard let value = Int(exactly: number), ConfigLimits.int.contains(value) else {
                throw invalid(name, found, expected: "whole numbers")
            }
            return value
        }
    }

    /// The extents of a shape, −1 for one that is a tensor, null or negative; nil if it is missing.
    func extents(_ names: String...) throws -> [Int]? {
        for name in names {
            guard let found = argument(nil, name) else { continue }
            guard let elements = found.elements else { return try integers(nil, name) }
            return try elements.map { element in
                guard let json = builder.plain(element), !json.isNull else { return -1 }
                guard let extent = json.int, ConfigLimits.int.contains(extent) else {
                    throw invalid(name, found, expected: "extents")
                }
                return extent
            }
        }
        return nil
    }

    /// The extents of a shape that may hold tensors: numbers, extents of values, and what is left for −1, null, and what is
    /// computed otherwise; nil if it is missing.
    func shapeExtents(
        _ names: String..., position: Int? = nil
    ) throws -> [Extent]? {
        guard let found = argument(position, names: names) else { return nil }
        if case .tensor(let value) = found {
            guard let elements = builder.shapeElements(value) else {
                throw Self.unknown(names[0])
            }
            return elements.map { $0 ?? .rest }
        }
        return try (found.elements ?? [found]).map { element in
            if case .tensor(let value) = element {
                return builder.shapeElements(value)?.first.flatMap { $0 } ?? .rest
            }
            guard let json = element.json, !json.isNull else { return .rest }
            guard let extent = json.int, ConfigLimits.int.contains(extent) else {
                throw invalid(names[0], found, expected: "extents")
            }
            return extent < 0 ? .rest : .known(extent)
        }
    }

    /// A piece of text; nil if it is missing.
    func text(_ name: String) -> String? { argument(nil, name)?.json?.string }

    /// The element type that an argument names; nil if it is missing.
    ///
    /// - Throws: `Problem.Kind.invalidField` if there is no such type.
    func elementType(_ name: String) throws -> DType? {
        try text(name).map { text in
            guard let type = DType(rawValue: text) else {
                throw Problem(.invalidField(name, value: text, expected: "an element type"))
            }
            return type
        }
    }

    private func invalid(
        _ name: String, _ argument: CallArgument, expected: String
    ) -> Problem {
        guard let plain = builder.plain(argument) else { return Self.unknown(name) }
        return Problem(.invalidField(name, value: plain.description, expected: expected))
    }

    /// The problem of an argument that is not known before the model runs.
    static func unknown(_ name: String) -> Problem {
        Problem(
            .unsupported(
                what:
                    "'\(name)' is computed from a size that is not known, or from the model's data",
                remedy: "Fix unknown sizes with \(.inputShapes) and \(.batch)."))
    }
}
