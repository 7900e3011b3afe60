import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// Fields that many layers have.
extension LayerConfig {
    /// Whether a field is there and not null.
    func has(_ field: String) -> Bool { self[field] != nil }

    /// `padding` of a window.
    func padding() throws -> Padding {
        let name = try string("padding", default: "valid")
        guard let padding = Padding(rawValue: name.lowercased()) else {
            throw Problem(.invalidField("padding", value: name, expected: "valid or same"))
        }
        return padding
    }

    /// One axis, which files write as a number or a list of one.
    func axis(_ field: String, default standard: Int) throws -> Int {
        let axes = try axes(field, default: [standard])
        guard axes.count == 1, let axis = axes.first else {
            throw Problem(.invalidField(field, value: "\(axes)", expected: "one axis"))
        }
        return axis
    }

    /// One axis or several.
    func axes(_ field: String, default standard: [Int]) throws -> [Int] {
        try optionalInts(field) ?? standard
    }

    /// Amounts before and after each axis.
    func amounts(_ field: String, count: Int, default standard: Int) throws -> [PadAmount] {
        guard has(field) else {
            return [PadAmount](repeating: PadAmount(standard, standard), count: count)
        }
        return try pairs(field, count: count).map { PadAmount($0.before, $0.after) }
    }

    /// A list of extents, −1 for those that are null or negative.
    func extents(_ field: String) throws -> [Int] {
        guard let value = self[field] else { throw Problem(.missingField(field)) }
        return try (value.array ?? [value]).map { element in
            if element.isNull { return Shape.free }
            guard let extent = element.int, extent <= ConfigLimits.size.upperBound else {
                throw Problem(
                    .invalidField(field, value: value.description, expected: "extents"))
            }
            return extent < 0 ? Shape.free : extent
        }
    }

    /// A number or an array of numbers.
    func array(_ field: String) throws -> NumberArray {
        guard let array = try optionalArray(field) else { throw Problem(.missingField(field)) }
        return array
    }

    /// What `activation` asks for; none is the identity.
    func activation(_ context: LayerContext) throws -> LayerActivation {
        guard let value = self["activation"] else { return .function(.linear) }
        if let name = value.string { return try named(name, context) }
        if value["class_name"]?.string == "function", let name = value["config"]?.string {
            return try named(name, context)
        }
        if value["class_name"] == nil || value["class_name"]?.string == "__lambda__" {
            return .lambda(try lambda(value, context))
        }
        return .layer(try context.layer(value))
    }

    private func lambda(_ value: JSONValue, _ context: LayerContext) throws -> LambdaBody {
        try LambdaBody(
            value, layer: context.description.name, version: context.version,
            definitions: context.custom.lambdas)
    }

    /// A name is that of a function or, in Keras 2, of a layer class.
    private func named(_ name: String, _ context: LayerContext) throws -> LayerActivation {
        if let build = context.custom.activation(named: name) { return .custom(build, context) }
        let name = context.custom.known(activation: name)
        let lambdas = context.custom.lambdas
        if name == "<lambda>" || lambdas.functions[name] != nil {
            return .lambda(try lambda(.string(name), context))
        }
        if name.first?.isUppercase == true, context.maker.isClass(name) {
            return .layer(
                try context.layer(
                    .object(
                        JSONObject([
                            ("class_name", .string(name)), ("config", .object(JSONObject())),
                        ]))))
        }
        if let function = PackageActivation(named: name) { return .package(function) }
        return .function(try KerasActivation(named: name, version: context.version))
    }
}

extension NumberArray {
    /// Whether all numbers equal one.
    func allEqual(_ value: Double) -> Bool { values.allSatisfy { $0 == value } }
}

extension WeightSpec {
    /// An array of these extents.
    init(
        _ role: String, dims: [Int], elementType: DType = .float32, isTrainable: Bool = true,
        kind: Kind = .plain
    ) {
        self.init(
            role, Shape(dims), elementType: elementType, isTrainable: isTrainable, kind: kind)
    }

    /// Zeros that stand for the weight while nothing is read; they take no memory.
    package var placeholder: Constant {
        Constant(Tensor.zeros(elementType, [])).broadcast(to: shape)
    }
}
