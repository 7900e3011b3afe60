import Problems

/// How much memory, work and time a piece of work may take, whatever the sizes in its inputs say.
///
/// One budget is the current one of a piece of work, on all its threads. Whoever takes memory or time in proportion to a number
/// that a file states draws it from there before, so that exceeding it is an error with a name, never a crash or a hang. Nothing
/// else depends on a budget: what a file becomes is the same under all budgets that suffice.
package final class ResourceBudget: Sendable {
    /// The limits that a caller sets; nil for those that follow from the inputs and the machine.
    package struct Limits: Sendable, Equatable {
        /// The most bytes that are held at a time.
        package var bytes: Int?
        /// The most steps, each a simple operation on one element that takes about a nanosecond.
        package var steps: Int?
        /// The most seconds.
        package var seconds: Double?

        package init(bytes: Int? = nil, steps: Int? = nil, seconds: Double? = nil) {
            self.bytes = bytes
            self.steps = steps
            self.seconds = seconds
        }
    }

    /// What has been drawn.
    private struct State {
        var inputBytes = 0
        var heldBytes = 0
        var steps = 0
    }

    /// The budget of the present work; outside of any, one without limits.
    @TaskLocal package static var current = ResourceBudget(
        Limits(bytes: .max, steps: .max), machineBytes: .max)

    private let limits: Limits
    private let machineBytes: Int
    private let start = Stopwatch.now
    private let state = Locked(State())

    /// A budget.
    ///
    /// - Parameter machineBytes: what the machine can give.
    package init(_ limits: Limits, machineBytes: Int = MachineMemory.available) {
        self.limits = limits
        self.machineBytes = machineBytes
    }

    /// Runs `body` with this as the current budget.
    package func apply<Result>(_ body: () throws -> Result) rethrows -> Result {
        try Self.$current.withValue(self, operation: body)
    }

    /// The most bytes that may be held: three quarters of the machine's, and no more than 4 GB or 32 times the size of the inputs.
    package var byteLimit: Int { state.withLock { byteLimit($0) } }

    /// The size of the largest file that may be written: 1 GB and 16 times the size of the inputs.
    package var fileByteLimit: Int {
        let inputs = state.withLock { $0.inputBytes }
        return max(saturatingSum(1 << 30, saturatingProduct(16, inputs)), limits.bytes ?? 0)
    }

    private func byteLimit(_ state: State) -> Int {
        limits.bytes
            ?? min(machineBytes / 4 * 3, max(4 << 30, saturatingProduct(32, state.inputBytes)))
    }

    private func stepLimit(_ state: State) -> Int {
        limits.steps ?? saturatingSum(20_000_000_000, saturatingProduct(1000, state.inputBytes))
    }
}

extension ResourceBudget {
    /// Notes an input, which limits that nobody has set grow with.
    package func addInput(byteCount: Int) {
        state.withLock { $0.inputBytes = saturatingSum($0.inputBytes, byteCount) }
    }

    /// Draws memory, until `release` gives it back.
    ///
    /// - Parameter what: what the memory is for, in words.
    /// - Throws: `Problem.Kind.overBudget`.
    package func hold(_ bytes: Int, for what: @autoclosure () -> String) throws {
        let limit = state.withLock { state -> Int? in
            let (limit, total) = (byteLimit(state), saturatingSum(state.heldBytes, bytes))
            guard total <= limit else { return limit }
            state.heldBytes = total
            return nil
        }
        if let limit {
            throw Problem(.overBudget(.memory(needed: bytes, limit: limit), what: what()))
        }
    }

    /// Gives memory back.
    package func release(_ bytes: Int) {
        state.withLock { $0.heldBytes -= bytes }
    }

    /// Runs `body` while memory is drawn for it.
    package func holding<Result>(
        _ bytes: Int, for what: @autoclosure () -> String, _ body: () throws -> Result
    ) throws -> Result {
        try hold(bytes, for: what())
        defer { release(bytes) }
        return try body()
    }

    /// Checks that memory could be drawn now.
    package func require(_ bytes: Int, for what: @autoclosure () -> String) throws {
        try holding(bytes, for: what()) {}
    }

    /// The steps that have been drawn.
    package var steps: Int { state.withLock { $0.steps } }

    /// Draws steps, and checks the time.
    ///
    /// - Parameter what: what they are for, in words.
    /// - Throws: `Problem.Kind.overBudget`.
    package func spend(_ steps: Int, on what: @autoclosure () -> String) throws {
        let excess = state.withLock { state -> (Int, Int)? in
            state.steps = saturatingSum(state.steps, steps)
            let limit = stepLimit(state)
            return state.steps > limit ? (state.steps, limit) : nil
        }
        if let (needed, limit) = excess {
            throw Problem(.overBudget(.steps(needed: needed, limit: limit), what: what()))
        }
        try checkTime(what())
    }

    /// Checks that steps could be drawn now.
    package func requireSteps(_ steps: Int, on what: @autoclosure () -> String) throws {
        let (needed, limit) = state.withLock { (saturatingSum($0.steps, steps), stepLimit($0)) }
        guard needed <= limit else {
            throw Problem(.overBudget(.steps(needed: needed, limit: limit), what: what()))
        }
    }

    /// Checks that a file of this size may be written.
    package func checkFile(byteCount: Int, _ what: @autoclosure () -> String) throws {
        let limit = fileByteLimit
        guard byteCount <= limit else {
            throw Problem(.overBudget(.file(needed: byteCount, limit: limit), what: what()))
        }
    }

    /// Whether the time is limited at all.
    package var limitsTime: Bool { limits.seconds != nil }

    /// Checks that there is time left.
    package func checkTime(_ what: @autoclosure () -> String) throws {
        guard let seconds = limits.seconds, Stopwatch.now - start > seconds else { return }
        throw Problem(.overBudget(.time(limit: seconds), what: what()))
    }
}
