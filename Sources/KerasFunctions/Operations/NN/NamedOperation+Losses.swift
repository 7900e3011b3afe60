import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Losses, as functions of tensors in the graph.
    static let losses: [String: Single] = [
        "BinaryCrossentropy": { arguments, builder in
            let (target, output) = try arguments.targetAndOutput()
            guard !arguments.flag("from_logits") else {
                return try builder.sigmoidCrossEntropy(target, output)
            }
            let p = try builder.clamp(output, from: 1e-7, to: 1 - 1e-7)
            let one = builder.scalar(1, like: p)
            let hit = try builder.multiply(target, builder.unary(.log, p))
            let miss = try builder.multiply(
                builder.subtract(one, target), builder.unary(.log, builder.subtract(one, p)))
            return try builder.unary(.neg, builder.add(hit, miss))
        },
        "SigmoidCrossEntropy": { arguments, builder in
            guard let labels = arguments.argument(0, "labels"),
                let logits = arguments.argument(1, "logits")
            else { throw Problem(.missingField("logits")) }
            let like = labels.tensors.first ?? logits.tensors.first
            return try builder.sigmoidCrossEntropy(
                builder.floating(arguments.value(labels, like: like)),
                builder.floating(arguments.value(logits, like: like)))
        },
        "CategoricalCrossentropy": { arguments, builder in
            let (target, output) = try arguments.targetAndOutput()
            let axis = try builder.shape(of: output).checkedAxis(
                arguments.integer("axis", default: -1))
            let logarithm = try builder.logProbabilities(
                output, axis: axis, fromLogits: arguments.flag("from_logits"))
            let sum = try builder.reduce(
                .sum, builder.multiply(target, logarithm), axes: [axis])
            return try builder.unary(.neg, sum)
        },
        "SoftmaxCrossEntropy": { arguments, builder in
            guard let labels = arguments.argument(0, "labels"),
                let logits = arguments.argument(1, "logits")
            else { throw Problem(.missingField("logits")) }
            let output = try builder.floating(arguments.value(logits))
            let axis = builder.shape(of: output).rank - 1
            let logarithm = try builder.logProbabilities(output, axis: axis, fromLogits: true)
            let target = try arguments.value(labels, like: output)
            if builder.shape(of: target).rank < axis + 1 {
                return try builder.pickedLoss(logarithm, target, axis: axis)
            }
            let sum = try builder.reduce(
                .sum, builder.multiply(builder.floating(target), logarithm), axes: [axis])
            return try builder.unary(.neg, sum)
        },
        "SparseCategoricalCrossentropy": { arguments, builder in
            guard let target = arguments.argument(0, "target"),
                let output = arguments.argument(1, "output")
            else { throw Problem(.missingField("output")) }
            let values = try builder.floating(arguments.value(output))
            let axis = try builder.shape(of: values).checkedAxis(
                arguments.integer("axis", default: -1))
            let logarithm = try builder.logProbabilities(
                values, axis: axis, fromLogits: arguments.flag("from_logits"), isSparse: true)
            var index = try arguments.value(target)
            let shape = builder.shape(of: index)
            if shape.rank == builder.shape(of: values).rank, shape[-1] == 1 {
                index = try builder.squeezeDimension(index, at: shape.rank - 1)
            }
            return try builder.pickedLoss(logarithm, index, axis: axis)
        },
        "PSNR": { arguments, builder in
            let (a, b) = try arguments.operands(float: true)
            let largest = try arguments.number(2, "max_val")
            let difference = try builder.binary(.squaredDifference, a, b)
            let rank = builder.shape(of: difference).rank
            let axes =
                arguments.isGiven("perImage") ? Array(max(rank - 3, 0)..<rank) : Array(0..<rank)
            let error = try builder.reduce(.mean, difference, axes: axes)
            let ratio = try builder.divide(builder.scalar(largest * largest, like: error), error)
            return try builder.binary(
                .multiply, builder.unary(.log, ratio), 4.342944819032518)
        },
    ]
}

extension OperationArguments {
    fileprivate func targetAndOutput() throws -> (ValueID, ValueID) {
        guard let target = argument(0, "target"), let output = argument(1, "output") else {
            throw Problem(.missingField("output"))
        }
        let like = output.tensors.first ?? target.tensors.first
        return (
            try builder.floating(value(target, like: like)),
            try builder.floating(value(output, like: like))
        )
    }
}

extension GraphBuilder {
    /// max(x, 0) − x · target + ln(1 + e^−|x|).
    fileprivate func sigmoidCrossEntropy(_ target: ValueID, _ x: ValueID) throws -> ValueID {
        try subtract(softplus(x), multiply(x, target))
    }

    /// The logarithms of probabilities, which are made from logits, or scaled to the sum 1 and kept from 0.
    fileprivate func logProbabilities(
        _ x: ValueID, axis: Int, fromLogits: Bool, isSparse: Bool = false
    ) throws -> ValueID {
        if fromLogits {
            return try alongLastAxis(x, axis: axis) {
                try add(.logSoftmax(LogSoftmax()), [$0])
            }
        }
        var p = x
        if isSparse {
            p = try unary(.log, clamp(p, from: 1e-7, to: 1 - 1e-7))
            return try alongLastAxis(p, axis: axis) { try add(.logSoftmax(LogSoftmax()), [$0]) }
        }
        p = try divide(p, reduce(.sum, p, axes: [axis], keepDimensions: true))
        return try unary(.log, clamp(p, from: 1e-7, to: 1 - 1e-7))
    }

    /// Minus the element along an axis that an index names.
    fileprivate func pickedLoss(
        _ x: ValueID, _ index: ValueID, axis: Int
    ) throws -> ValueID {
        let place = try expandDimension(cast(index, to: .int32), at: axis)
        return try unary(.neg, squeezeDimension(takenAlong(x, place, axis: axis), at: axis))
    }
}
