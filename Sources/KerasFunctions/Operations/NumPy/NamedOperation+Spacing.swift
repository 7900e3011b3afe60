import Foundations
import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Numbers between two ends, and sums and differences of neighbours.
    static let ranges: [String: Single] = [
        "Arange": { try $1.range($0) },
        "Linspace": { try $1.spaced($0) },
        "Logspace": { arguments, builder in
            let base = try arguments.number(nil, "base", default: 10)
            return try builder.spaced(arguments) { exponents in
                try builder.unary(.exp, builder.binary(.multiply, exponents, log(base)))
            }
        },
        "Geomspace": { arguments, builder in
            try builder.spaced(arguments, logarithmic: true) { try builder.unary(.exp, $0) }
        },
        "Diff": { arguments, builder in
            var x =
                try arguments.argument(0, "a").map { try arguments.value($0) }
                ?? arguments.input()
            let axis = try builder.shape(of: x).checkedAxis(
                arguments.integer("axis", default: -1))
            for _ in 0..<min(max(try arguments.integer("n", default: 1), 0), 64) {
                let (low, high) = try builder.neighbours(x, axis: axis)
                x = try builder.subtract(high, low)
            }
            return x
        },
        "Trapezoid": { arguments, builder in
            let y = try builder.floating(
                arguments.argument(0, "y").map { try arguments.value($0) } ?? arguments.input())
            let axis = try builder.shape(of: y).checkedAxis(
                arguments.integer("axis", default: -1))
            let (low, high) = try builder.neighbours(y, axis: axis)
            let mean = try builder.binary(.multiply, builder.add(low, high), 0.5)
            guard let points = arguments.argument(nil, "x") else {
                let sum = try builder.reduce(.sum, mean, axes: [axis])
                return try builder.binary(
                    .multiply, sum, arguments.number(nil, "dx", default: 1))
            }
            var x = try builder.floating(arguments.value(points, like: y))
            if builder.shape(of: x).rank == 1 {
                var dims = [Int](repeating: 1, count: builder.shape(of: y).rank)
                dims[axis] = builder.shape(of: x)[0]
                x = try builder.reshape(x, dims)
            }
            let (left, right) = try builder.neighbours(x, axis: axis)
            let areas = try builder.multiply(mean, builder.subtract(right, left))
            return try builder.reduce(.sum, areas, axes: [axis])
        },
        "Vander": { arguments, builder in
            let x = try arguments.input()
            try builder.requireRank(x, 1)
            let extent = try builder.shape(of: x).knownExtent(0)
            let count = try arguments.integers(nil, "N")?.first ?? extent
            guard (1...256).contains(count) else {
                throw Problem(.invalidField("N", value: "\(count)", expected: "1 to 256"))
            }
            let column = try builder.reshape(x, [extent, 1])
            var powers = [try builder.cast(builder.ones(like: column), to: builder.dtype(of: x))]
            for _ in 1..<count {
                powers.append(try builder.multiply(powers[powers.count - 1], column))
            }
            return try builder.concatenate(
                arguments.flag("increasing") ? powers : powers.reversed(), axis: 1)
        },
        "Correlate": { arguments, builder in
            let (first, second) = try arguments.operands()
            let values = try builder.commonType([first, second], float: true)
            let sizes = try values.map { try builder.shape(of: $0).knownExtent(0) }
            guard builder.shape(of: first).rank == 1, sizes[0] >= sizes[1] else {
                throw Problem(
                    .unsupported(
                        what: "a correlation with a longer vector is not supported",
                        remedy: "Swap the vectors."))
            }
            let border =
                switch arguments.text("mode") ?? "valid" {
                case "full": (sizes[1] - 1, sizes[1] - 1)
                case "same": (sizes[1] / 2, sizes[1] - 1 - sizes[1] / 2)
                default: (0, 0)
                }
            let x = try builder.pad(values[0], [PadAmount(border.0, border.1)])
            let count = sizes[0] + border.0 + border.1 - sizes[1] + 1
            try checkList(checkedProduct(count, sizes[1], "the frames"), "the frames")
            let places = (0..<count * sizes[1]).map { $0 / sizes[1] + $0 % sizes[1] }
            let index = builder.constant(Constant(places, [count, sizes[1]]), role: "places")
            let frames = try builder.add(.gather(Gather(axis: 0)), [x, index])
            return try builder.reduce(.sum, builder.multiply(frames, values[1]), axes: [1])
        },
    ]
}

extension GraphBuilder {
    /// All elements but the last, and all but the first, along an axis.
    fileprivate func neighbours(_ x: ValueID, axis: Int) throws -> (ValueID, ValueID) {
        let count = try shape(of: x).knownExtent(axis) - 1
        guard count > 0 else { throw Problem(.invalidShape("the axis has one element")) }
        return (
            try slice(x, axis: axis, from: 0, count: count),
            try slice(x, axis: axis, from: 1, count: count)
        )
    }

    /// Numbers from `start`, else 0, up to a limit, which may be an extent of free size.
    fileprivate func range(_ arguments: OperationArguments) throws -> ValueID {
        let first = arguments.argument(0, "start")
        let last = arguments.argument(1, "limit", "stop")
        guard let limit = last ?? first else { throw Problem(.missingField("stop")) }
        let given = [last == nil ? nil : first, arguments.argument(2, "delta", "step")]
        let numbers = given.map { $0.map { plain($0)?.number } }
        let (start, step): (Double?, Double?) = (numbers[0] ?? 0, numbers[1] ?? 1)
        let isFloat = [first, last, given[1]].contains { argument in
            switch argument {
            case .tensor(let id): dtype(of: id).isFloat
            case .value(.double): true
            default: false
            }
        }
        let type = try arguments.elementType("dtype") ?? (isFloat ? .float32 : .int32)
        guard let stop = plain(limit)?.number else {
            guard case .tensor(let id) = limit, start == 0, step == 1,
                case .axis(let axis, let source)?? = shapeElements(id)?.first
            else { throw OperationArguments.unknown("the end of a range") }
            let positions = try add(.positions(Positions(axis: axis)), [source])
            return try cast(positions, to: type.isFloat ? .float32 : type)
        }
        guard let start, let step, step != 0 else { throw OperationArguments.unknown("a range") }
        let count = max(((stop - start) / step).rounded(.up), 0)
        guard count <= 1_048_576 else {
            throw Problem(.tooLarge(what: "a range", value: "\(count)"))
        }
        let values = (0..<Int(count)).map { start + Double($0) * step }
        return constant(
            Constant(Constant(values, [values.count]).tensor(), as: type.isFloat ? .float32 : type),
            role: "range")
    }

    /// `num` numbers from `start` to `stop` along a new axis, on a scale of logarithms or not.
    fileprivate func spaced(
        _ arguments: OperationArguments, logarithmic: Bool = false,
        _ finish: ((ValueID) throws -> ValueID)? = nil
    ) throws -> ValueID {
        guard let start = arguments.argument(0, "start"), let stop = arguments.argument(1, "stop")
        else { throw Problem(.missingField("stop")) }
        let like = start.tensors.first ?? stop.tensors.first
        var ends = try [start, stop].map {
            try floating(arguments.value($0, like: like))
        }
        let type = try arguments.elementType("dtype") ?? .float32
        if !type.isFloat {
            guard finish == nil else {
                throw Problem(
                    .unsupported(
                        what: "a range of powers of type \(type.rawValue) cannot be converted",
                        remedy: "Leave out dtype and cast the result."))
            }
            ends = try ends.map { try floating(cast($0, to: type)) }
        }
        if logarithmic { ends = try ends.map { try unary(.log, $0) } }
        let count = try arguments.integers(2, "num")?.first ?? 50
        guard (1...1 << 16).contains(count), !arguments.flag("retstep") else {
            throw Problem(
                .unsupported(
                    what: "a range that returns its step is not supported",
                    remedy: "Leave out retstep."))
        }
        let rank = ends.map { shape(of: $0).rank }.max() ?? 0
        let given = try arguments.integer("axis", default: 0)
        let axis = given < 0 ? given + rank + 1 : given
        guard (0...rank).contains(axis) else {
            throw Problem(.invalidField("axis", value: "\(given)", expected: "an axis"))
        }
        let gaps = max(arguments.flag("endpoint", default: true) ? count - 1 : count, 1)
        var dims = [Int](repeating: 1, count: rank + 1)
        dims[axis] = count
        try checkList(count, "the range")
        let parts = constant(
            Constant((0..<count).map { Double($0) / Double(gaps) }, Shape(dims)), role: "parts")
        let columns = try ends.map { end in
            shape(of: end).rank == rank ? try expandDimension(end, at: axis) : end
        }
        let span = try multiply(subtract(columns[1], columns[0]), parts)
        let y = try add(columns[0], span)
        return try type.isFloat ? finish?(y) ?? y : cast(unary(.floor, y), to: type)
    }
}
