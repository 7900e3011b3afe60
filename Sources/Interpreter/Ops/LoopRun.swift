import Problems

/// One run of a loop whose values keep their types and shapes.
///
/// The values lie where the body reads them. After a round each is moved there from where the body left it, unless that
/// is the same place.
struct LoopRun {
    let condition: Subroutine
    let body: Subroutine
    let frame: Frame

    /// A loop that runs longer than this does not end.
    static let largestRoundCount = 1 << 26

    /// Bytes that are copied from one place to another.
    private struct Move {
        let source: UnsafeRawPointer
        let target: UnsafeMutableRawPointer
        let count: Int

        init(_ source: UnsafeRawPointer?, _ target: UnsafeMutableRawPointer?, _ count: Int) {
            let nothing = UnsafeMutableRawPointer.nothing
            self.source = source ?? UnsafeRawPointer(nothing)
            self.target = target ?? nothing
            self.count = count
        }

        func callAsFunction() { target.copyMemory(from: source, byteCount: count) }

        /// Whether the source reaches into the target of another move.
        func isChanged(by other: Move) -> Bool {
            source < UnsafeRawPointer(other.target) + other.count
                && UnsafeRawPointer(other.target) < source + count
        }
    }

    func run(_ values: [Operand], _ results: [Operand]) throws {
        let (test, round) = (
            try frame.subroutines.memory(for: condition.plan, variables: frame.variables),
            try frame.subroutines.memory(for: body.plan, variables: frame.variables)
        )
        let places = body.inputs.map { round.bytes($0) }
        for (value, place) in zip(values, places) {
            Move(frame.bytes(value), place.baseAddress, place.count)()
        }
        let toCondition = movesToCondition(places, test)
        let toPlaces = movesToPlaces(places, results, round)
        for _ in 0..<Self.largestRoundCount {
            for move in toCondition { move() }
            guard try goesOn(test) else {
                for (result, place) in zip(results, places) {
                    Move(place.baseAddress, frame.output(result), place.count)()
                }
                return
            }
            try round.run(threads: frame.threads)
            for move in toPlaces { move() }
        }
        throw Problem(.tooLarge(what: "a loop", value: "\(Self.largestRoundCount) rounds"))
    }

    /// What the condition reads of the values.
    private func movesToCondition(
        _ places: [UnsafeMutableRawBufferPointer], _ test: StagedMemory
    ) -> [Move] {
        let read = Set(condition.plan.steps.flatMap(\.inputs) + condition.outputs)
        return zip(condition.inputs, places).compactMap { tensor, place in
            guard condition.isStaged || read.contains(tensor) else { return nil }
            return Move(place.baseAddress, test.bytes(tensor).baseAddress, place.count)
        }
    }

    /// What brings the values of a round to their places.
    ///
    /// A value that lies where another one has to go is first set aside, in the memory of its result.
    private func movesToPlaces(
        _ places: [UnsafeMutableRawBufferPointer], _ results: [Operand], _ round: StagedMemory
    ) -> [Move] {
        let moves = zip(body.outputs, places).enumerated().compactMap { index, pair in
            let source = round.result(pair.0).baseAddress
            return source == pair.1.baseAddress
                ? nil : (index, Move(source, pair.1.baseAddress, pair.1.count))
        }
        var (aside, direct): ([Move], [Move]) = ([], [])
        for (index, move) in moves {
            if moves.contains(where: { move.isChanged(by: $0.1) }) {
                let memory = frame.output(results[index])
                aside.append(Move(move.source, memory, move.count))
                direct.append(Move(memory, move.target, move.count))
            } else {
                direct.append(move)
            }
        }
        return aside + direct
    }

    private func goesOn(_ test: StagedMemory) throws -> Bool {
        try test.run(threads: frame.threads)
        return try condition.truth(in: test)
    }
}

extension UnsafeMutableRawPointer {
    /// Stands for the place of values without elements.
    nonisolated(unsafe) fileprivate static let nothing = UnsafeMutableRawPointer.allocate(
        byteCount: 16, alignment: 16)
}
