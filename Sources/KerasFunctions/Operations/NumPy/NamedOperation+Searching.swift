import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Functions that compare elements with tables, or gather them by number.
    static let searching: [String: Single] = [
        "Digitize": { arguments, builder in
            let x = try arguments.input()
            guard let bins = arguments.argument(1, "bins") else {
                throw Problem(.missingField("bins"))
            }
            return try builder.countReached(
                x, table: arguments.value(bins, like: builder.floating(x)), .greaterEqual)
        },
        "SearchSorted": { arguments, builder in
            guard let table = arguments.argument(0, "sorted_sequence"),
                let values = arguments.argument(1, "values")
            else { throw Problem(.missingField("values")) }
            let like = values.tensors.first ?? table.tensors.first
            let sorted = try arguments.value(table, like: like)
            try builder.requireRank(sorted, 1)
            return try builder.countReached(
                arguments.value(values, like: like), table: sorted,
                arguments.text("side") == "right" ? .greaterEqual : .greater)
        },
        "IsIn": { arguments, builder in
            let (x, table) = try arguments.operands(float: false)
            let rank = builder.shape(of: x).rank
            let matches = try builder.binary(
                .equal, builder.expandDimension(x, at: rank),
                builder.reshape(table, [-1]))
            let isIn = try builder.reduce(.any, matches, axes: [rank])
            return arguments.flag("invert") ? try builder.unary(.logicalNot, isIn) : isIn
        },
        "InTopK": { arguments, builder in
            let isSwapped = arguments.isGiven("swapped")
            guard let a = arguments.argument(isSwapped ? 1 : 0, "targets"),
                let b = arguments.argument(isSwapped ? 0 : 1, "predictions")
            else { throw Problem(.missingField("predictions")) }
            let (targets, scores) = (try arguments.value(a), try arguments.value(b))
            let index = try builder.expandDimension(builder.cast(targets, to: .int32), at: 1)
            let own = try builder.takenAlong(scores, index, axis: 1)
            let larger = try builder.cast(
                builder.binary(.greater, scores, own), to: .int32)
            let limit = try arguments.plain(2, "k")?.number ?? Double(arguments.integer("k"))
            return try builder.binary(
                .less, builder.reduce(.sum, larger, axes: [1]), limit)
        },
        "SegmentSum": { try $1.segments($0, .sum, 0) },
        "SegmentProd": { try $1.segments($0, .product, 1) },
        "SegmentMax": { try $1.segments($0, .max, -Double(Float.greatestFiniteMagnitude)) },
        "SegmentMin": { try $1.segments($0, .min, Double(Float.greatestFiniteMagnitude)) },
        "CDist": { arguments, builder in
            let (x, y) = try arguments.operands(float: true)
            let rank = builder.shape(of: x).rank
            let distance = try builder.binary(
                .squaredDifference, builder.expandDimension(x, at: rank - 1),
                builder.expandDimension(y, at: builder.shape(of: y).rank - 2))
            return try builder.unary(.sqrt, builder.reduce(.sum, distance, axes: [rank]))
        },
        "Select": { arguments, builder in
            guard let conditions = arguments.argument(0, "condlist")?.elements,
                let choices = arguments.argument(1, "choicelist")?.elements,
                conditions.count == choices.count
            else { throw Problem(.missingField("choicelist")) }
            let like = choices.flatMap(\.tensors).first
            let standard = arguments.argument(2, "default") ?? .value(.int(0))
            let values = try builder.commonType(
                (choices + [standard]).map { try arguments.value($0, like: like) }, float: false)
            return try zip(conditions, values).reversed().reduce(values[values.count - 1]) {
                try builder.select(builder.truth(arguments.value($1.0)), $1.1, $0)
            }
        },
    ]
}

extension GraphBuilder {
    /// How many elements of a sorted vector each element of x reaches.
    fileprivate func countReached(
        _ x: ValueID, table: ValueID, _ kind: Binary.Kind
    ) throws -> ValueID {
        let values = try commonType([x, table], float: false)
        let rank = shape(of: x).rank
        let reached = try binary(kind, expandDimension(values[0], at: rank), values[1])
        // As floats, which BUCKETIZE stands for.
        let count = try reduce(.sum, cast(reached, to: .float32), axes: [rank])
        return try cast(count, to: .int32)
    }

    /// A reduction of the slices along the first axis that have the same number.
    fileprivate func segments(
        _ arguments: OperationArguments, _ kind: Reduce.Kind, _ neutral: Double
    ) throws -> ValueID {
        guard let data = arguments.argument(0, "data"),
            let ids = arguments.argument(1, "segment_ids")
        else { throw Problem(.missingField("segment_ids")) }
        let (x, numbers) = (try arguments.value(data), try arguments.value(ids))
        let known = graph[numbers].constant?.doubles().max().map { Int($0) + 1 }
        let given = try arguments.integers(2, "num_segments")?.first
        guard let count = given ?? known, (1...1 << 16).contains(count) else {
            throw Problem(
                .unsupported(
                    what: "the number of segments is not known", remedy: "Give num_segments."))
        }
        let rank = shape(of: x).rank
        let column = try reshape(
            cast(numbers, to: .int32),
            [1, shape(of: numbers)[0]] + [Int](repeating: 1, count: rank - 1))
        let segment = constant(
            Constant(Array(0..<count), Shape([count] + [Int](repeating: 1, count: rank))),
            role: "segments")
        let belongs = try binary(.equal, column, segment)
        let parts = try select(belongs, x, scalar(neutral, like: x))
        return try reduce(kind, parts, axes: [1])
    }
}
