import Kernels

extension OperatorPreparation {
    /// NON_MAX_SUPPRESSION_V4 and _V5: the best of boxes `[N, 4]` that do not overlap too much.
    ///
    /// The results are as long as the third input says, with zeros behind the boxes that were picked; the last result is
    /// their number. V5 lowers the scores of boxes that overlap and gives them too.
    func nonMaxSuppression() throws -> PreparedOperator {
        let isSoft = code.builtin == .nonMaxSuppressionV5
        let (boxes, scores) = (try floatInput(0), try floatInput(1))
        let limit = try integer(2)
        try require(scores, rank: 1)
        guard boxes.shape == [scores.count, 4], limit >= 0 else {
            throw malformed("\(limit) of boxes \(boxes.shape) with scores \(scores.shape)")
        }
        let settings = try (3..<(isSoft ? 6 : 5)).map { index in
            let setting = try floatInput(index)
            guard setting.count == 1 else { throw malformed("input \(index) must be a scalar") }
            return setting
        }
        let indices = try output(0, .int32, [limit])
        let picked = isSoft ? try output(1, .float32, [limit]) : nil
        let number = try output(isSoft ? 2 : 1, .int32, .scalar)
        return PreparedOperator([indices, picked, number].compactMap(\.self)) { context in
            let values = settings.map { context.floats($0).pointee }
            let suppression = BoxSuppression(
                limit: limit, overlapThreshold: values[0], scoreThreshold: values[1],
                softness: isSoft ? values[2] : 0)
            let best = suppression.pick(
                boxes: context.floats(boxes), scores: context.floats(scores), count: scores.count)
            let target = context.output(indices, as: Int32.self)
            target.update(repeating: 0, count: limit)
            if let picked { context.floatOutput(picked).update(repeating: 0, count: limit) }
            for (rank, box) in best.enumerated() {
                target[rank] = Int32(clamping: box.box)
                if let picked { context.floatOutput(picked)[rank] = box.score }
            }
            context.output(number, as: Int32.self).pointee = Int32(clamping: best.count)
        }
    }
}
