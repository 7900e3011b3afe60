import GraphIR
import PythonCode
import Tensors

extension LambdaMeaning {
    package func attribute(_ name: String, of value: LambdaValue) throws -> LambdaValue {
        switch value {
        case .path(let base):
            let path = LambdaNames.path(base, name)
            if let expression = definitions.value(path) {
                return try PythonEvaluator(self, parameters: [:]).value(of: expression)
            }
            return LambdaNames.constant(path).map { .plain($0) } ?? .path(path)
        case .tensor(let x):
            switch name {
            case "shape", "_keras_shape": return staticShape(of: x)
            case "dtype": return .plain(.string(builder.dtype(of: x).rawValue))
            case "ndim": return .integer(builder.shape(of: x).rank)
            case "get_shape", "astype", "set_shape", "numpy": return .method(value, name)
            case "T": return try operation("Transpose", value)
            default: throw LambdaFault.notUnderstood("'\(name)' of a tensor")
            }
        case .tuple(let elements) where name == "ndims" || name == "rank":
            return .integer(elements.count)
        case .tuple where name == "as_list": return .method(value, name)
        case .array where ["astype", "tolist"].contains(name): return .method(value, name)
        case .array: return try attribute(name, of: .tensor(tensor(value)))
        // What tf.nn.top_k returns.
        case .list(let elements) where elements.count == 2 && name == "values": return elements[0]
        case .list(let elements) where elements.count == 2 && name == "indices": return elements[1]
        // The extents of shapes in TensorFlow 1.
        case .plain where name == "value": return value
        default: throw LambdaFault.notUnderstood("the attribute '\(name)'")
        }
    }

    /// The shape that the code sees when it is called: None for extents that are free.
    func staticShape(of x: ValueID) -> LambdaValue {
        .tuple(
            builder.shape(of: x).dims.map {
                $0 == Shape.free ? .none : .integer($0)
            })
    }

    /// The shape at run time: free extents are tensors.
    func dynamicShape(of x: ValueID) throws -> LambdaValue {
        let dims = builder.shape(of: x).dims
        guard dims.contains(Shape.free) else { return .array(dims.map { .integer($0) }) }
        let vector = try builder.shapeVector(x)
        return .array(
            try dims.enumerated().map { axis, extent in
                guard extent == Shape.free else { return .integer(extent) }
                let part = try builder.slice(vector, axis: 0, from: axis, count: 1)
                return .tensor(try builder.reshape(part, [Int]()))
            })
    }

    /// What a method returns.
    func method(
        _ name: String, of value: LambdaValue, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        switch (value, name) {
        case (.tensor(let x), "get_shape"): staticShape(of: x)
        case (.tensor, "set_shape"): .none
        case (.tensor, "numpy"): value
        case (.tensor, "astype"), (.array, "astype"):
            try call(
                .path("tf.cast"), [.tensor(tensor(value)), arguments.required(0, "dtype")], [])
        case (.tuple(let elements), "as_list"), (.array(let elements), "tolist"): .list(elements)
        default: throw LambdaFault.notUnderstood("the method '\(name)'")
        }
    }
}
