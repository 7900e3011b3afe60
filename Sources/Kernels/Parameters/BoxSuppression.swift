import Foundations

/// How the best of boxes that overlap are picked.
package struct BoxSuppression: Sendable {
    /// The most boxes that are picked.
    package var limit: Int
    /// From this share of overlap on a box is left out.
    package var overlapThreshold: Float
    /// Boxes of this score or less are left out.
    package var scoreThreshold: Float
    /// How slowly the score falls with the overlap: `score · exp(−overlap² / (2·softness))`; 0 for not at all.
    package var softness: Float

    package init(
        limit: Int, overlapThreshold: Float, scoreThreshold: Float, softness: Float = 0
    ) {
        self.limit = limit
        self.overlapThreshold = overlapThreshold
        self.scoreThreshold = scoreThreshold
        self.softness = softness
    }

    /// A box that may be picked, and the first of the picked ones it has not been compared with.
    private struct Candidate {
        let box: Int
        var score: Float
        var compared = 0

        func isBetter(than other: Candidate) -> Bool {
            score == other.score ? box < other.box : score > other.score
        }
    }

    /// The boxes that are picked, from the best to the worst, with their scores.
    ///
    /// - Parameters:
    ///   - boxes: two opposite corners y, x of each box.
    ///   - scores: one for each box.
    package func pick(
        boxes: UnsafePointer<Float>, scores: UnsafePointer<Float>, count: Int
    ) -> [(box: Int, score: Float)] {
        var candidates = (0..<count).filter { scores[$0] > scoreThreshold }.map {
            Candidate(box: $0, score: scores[$0])
        }
        // Worst first, so that the best can be taken from the end.
        candidates.sort { $1.isBetter(than: $0) }
        var picked: [(box: Int, score: Float)] = []
        while picked.count < limit, var next = candidates.popLast() {
            let before = next.score
            let survives = weaken(&next, boxes, picked)
            next.compared = picked.count
            if survives, next.score == before {
                picked.append((next.box, next.score))
            } else if survives, next.score > scoreThreshold {
                insert(next, into: &candidates)
            }
        }
        return picked
    }

    /// Lowers the score by the overlap with picked boxes; false if the box has to go.
    private func weaken(
        _ candidate: inout Candidate, _ boxes: UnsafePointer<Float>,
        _ picked: [(box: Int, score: Float)]
    ) -> Bool {
        for other in picked[candidate.compared...].reversed() {
            let overlap = Self.overlap(boxes + candidate.box * 4, boxes + other.box * 4)
            if overlap >= overlapThreshold { return false }
            if softness > 0 { candidate.score *= expf(-0.5 / softness * overlap * overlap) }
            if candidate.score <= scoreThreshold { return true }
        }
        return true
    }

    private func insert(_ candidate: Candidate, into candidates: inout [Candidate]) {
        var (low, high) = (0, candidates.count)
        while low < high {
            let middle = (low + high) / 2
            if candidate.isBetter(than: candidates[middle]) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        candidates.insert(candidate, at: low)
    }

    /// The area that two boxes share by the area that they cover; 0 if one has none.
    private static func overlap(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>) -> Float {
        func side(_ box: UnsafePointer<Float>, _ axis: Int) -> (Float, Float) {
            (min(box[axis], box[axis + 2]), max(box[axis], box[axis + 2]))
        }
        let (ay, ax, by, bx) = (side(a, 0), side(a, 1), side(b, 0), side(b, 1))
        let areaA = (ay.1 - ay.0) * (ax.1 - ax.0)
        let areaB = (by.1 - by.0) * (bx.1 - bx.0)
        guard areaA > 0, areaB > 0 else { return 0 }
        let height = max(min(ay.1, by.1) - max(ay.0, by.0), 0)
        let width = max(min(ax.1, bx.1) - max(ax.0, bx.0), 0)
        return height * width / (areaA + areaB - height * width)
    }
}
