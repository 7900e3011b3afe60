import GraphIR
import Problems
import Tensors

extension TensorFlowOperationLayer {
    /// Functions that move elements.
    static let shapes: [String: Build] = [
        "reshape": { arguments, builder in
            let x = try arguments.input()
            guard let shape = try arguments.integers(1, "shape") else {
                throw Problem(.missingField("shape"))
            }
            return try builder.reshape(x, shape)
        },
        "transpose": { arguments, builder in
            guard case .tensor(let x)? = arguments.argument(0, "a") else {
                return try arguments.input()
            }
            let reversed = Array(builder.shape(of: x).dims.indices.reversed())
            return try builder.transpose(x, arguments.integers(1, "perm") ?? reversed)
        },
        "expand_dims": { arguments, builder in
            let x = try arguments.input()
            let axis = try arguments.integers(1, "axis")?.only() ?? -1
            let rank = builder.shape(of: x).rank
            let position = axis < 0 ? axis + rank + 1 : axis
            guard (0...rank).contains(position) else {
                throw Problem(.invalidField("axis", value: "\(axis)", expected: "an axis"))
            }
            return try builder.expandDimension(x, at: position)
        },
        "squeeze": { arguments, builder in
            let x = try arguments.input()
            let shape = builder.shape(of: x)
            let units = shape.dims.indices.filter { shape.dims[$0] == 1 }
            let axes = try arguments.integers(1, "axis").map(shape.checkedAxes) ?? units
            guard axes.allSatisfy(units.contains) else {
                throw Problem(.invalidShape("axes \(axes) of \(shape) are not of extent 1"))
            }
            return try builder.reshape(
                x, shape.dims.indices.filter { !axes.contains($0) }.map { shape.dims[$0] })
        },
        "concat": { arguments, builder in
            let inputs = arguments.argument(0, "values")?.tensors ?? []
            guard let first = inputs.first else { throw Problem(.missingField("values")) }
            let axis = try arguments.integers(1, "axis")?.only() ?? 0
            return try builder.concatenate(
                inputs, axis: builder.shape(of: first).checkedAxis(axis))
        },
        "pad": { arguments, builder in
            let x = try arguments.input()
            let mode = arguments.text("mode") ?? "CONSTANT"
            let rows = arguments.argument(1, "paddings")?.json?.array ?? []
            let amounts = rows.map { ($0.array ?? []).compactMap(\.int) }
            guard mode.uppercased() == "CONSTANT" else {
                let kind = MirrorPad.Mode(rawValue: mode.lowercased()) ?? .reflect
                return try builder.add(.mirrorPad(MirrorPad(amounts, mode: kind)), [x])
            }
            let value = try arguments.number(nil, "constant_values", default: 0)
            return try builder.add(.pad(Pad(amounts, value: Float(value))), [x])
        },
    ]
}
