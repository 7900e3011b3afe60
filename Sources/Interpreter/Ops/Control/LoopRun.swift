import Foundations
import Problems

/// One run of a loop whose values keep their types and shapes.
///
/// The values lie where the body reads them. After a round each is moved there from where the body left it, unless that
/// is the same place.
struct LoopRun {
    let condition: Subroutine
    let body: Subroutine
    let context: RunContext

    /// A loop that runs longer than this does not end.
    static let largestRoundCount = 1 << 26
    /// The bytes that are moved in a step of a budget.
    static let bytesPerStep = 8

    /// Where a value of the loop lies.
    private struct Place {
        let address: UnsafeMutableRawPointer
        let byteCount: Int
    }

    /// Bytes that are copied from one place to another.
    private struct Move {
        let source: UnsafeRawPointer
        let target: UnsafeMutableRawPointer
        let count: Int

        init(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
            self.source = source
            self.target = target
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
            try context.subroutines.memory(for: condition.plan, variables: context.variables),
            try context.subroutines.memory(for: body.plan, variables: context.variables)
        )
        let places = zip(body.inputs, values).map {
            Place(address: round.address($0), byteCount: $1.byteCount)
        }
        for (value, place) in zip(values, places) {
            Move(context.bytes(value), place.address, place.byteCount)()
        }
        let toCondition = movesToCondition(places, test)
        let toPlaces = movesToPlaces(places, results, round)
        let movedBytes = (toCondition + toPlaces).reduce(0) { $0 + $1.count }
        let budget = ResourceBudget.current
        for _ in 0..<Self.largestRoundCount {
            try budget.spend(movedBytes / Self.bytesPerStep, on: "a loop")
            for move in toCondition { move() }
            guard try goesOn(test) else {
                for (result, place) in zip(results, places) {
                    Move(place.address, context.output(result), place.byteCount)()
                }
                return
            }
            try round.run(threads: context.threads)
            for move in toPlaces { move() }
        }
        throw Problem(.tooLarge(what: "a loop", value: "\(Self.largestRoundCount) rounds"))
    }

    /// What the condition reads of the values.
    private func movesToCondition(
        _ places: [Place], _ test: SessionMemory
    ) -> [Move] {
        let read = Set(condition.plan.steps.flatMap(\.inputs) + condition.outputs)
        return zip(condition.inputs, places).compactMap { tensor, place in
            guard condition.isStaged || read.contains(tensor) else { return nil }
            return Move(place.address, test.address(tensor), place.byteCount)
        }
    }

    /// What brings the values of a round to their places.
    ///
    /// A value that lies where another one has to go is first set aside, in the memory of its result.
    private func movesToPlaces(
        _ places: [Place], _ results: [Operand], _ round: SessionMemory
    ) -> [Move] {
        let moves = zip(body.outputs, places).enumerated().compactMap { index, pair in
            let (source, place) = (round.resultAddress(pair.0), pair.1)
            return source == place.address
                ? nil : (index, Move(source, place.address, place.byteCount))
        }
        var (aside, direct): ([Move], [Move]) = ([], [])
        for (index, move) in moves {
            if moves.contains(where: { move.isChanged(by: $0.1) }) {
                let memory = context.output(results[index])
                aside.append(Move(move.source, memory, move.count))
                direct.append(Move(memory, move.target, move.count))
            } else {
                direct.append(move)
            }
        }
        return aside + direct
    }

    private func goesOn(_ test: SessionMemory) throws -> Bool {
        try test.run(threads: context.threads)
        return try condition.truth(in: test)
    }
}
