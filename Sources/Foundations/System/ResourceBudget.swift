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

    /// The bytes of inputs and those that are held.
    private struct Memory {
        var inputBytes = 0
        var heldBytes = 0
    }

    /// The budget of the present work; outside of any, one without limits.
    @TaskLocal package static var current = ResourceBudget(
        Limits(bytes: .max, steps: .max), machineBytes: .max)

    private let limits: Limits
    private let machineBytes: Int
    private let start: Double
    private let memory: Locked<Memory>
    private let drawnSteps: Locked<Int>

    /// A budget.
    ///
    /// - Parameter machineBytes: what the machine can give.
    package init(_ limits: Limits, machineBytes: Int = MachineMemory.available) {
        self.limits = limits
        self.machineBytes = machineBytes
        start = Stopwatch.now
        memory = Locked(Memory())
        drawnSteps = Locked(0)
    }

    /// A budget with the memory, the time and the steps of `other`, which does not learn of further steps.
    private init(apartFrom other: ResourceBudget, limits: Limits) {
        self.limits = limits
        machineBytes = other.machineBytes
        start = other.start
        memory = other.memory
        drawnSteps = Locked(other.steps)
    }

    /// Runs `body` with this as the current budget.
    package func apply<Result>(_ body: () throws -> Result) rethrows -> Result {
        try Self.$current.withValue(self, operation: body)
    }

    /// Runs `body` and forgets the steps that it takes, so that work which a caller repeats may take as many each time.
    package func apart<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard limits.steps != .max else { return try body() }
        return try ResourceBudget(apartFrom: self, limits: limits).apply(body)
    }

    /// Runs `body` with the limits of memory and time alone, for work whose amount the caller sets, not a file.
    package func withoutStepLimit<Result>(_ body: () throws -> Result) rethrows -> Result {
        var limits = limits
        limits.steps = .max
        return try ResourceBudget(apartFrom: self, limits: limits).apply(body)
    }

    /// The most bytes that may be held: three quarters of the machine's, and no more than 4 GB or 32 times the size of the inputs.
    package var byteLimit: Int { memory.withLock { byteLimit($0) } }

    /// The size of the largest file that may be written: 1 GB and 16 times the size of the inputs.
    package var fileByteLimit: Int {
        let inputs = memory.withLock { $0.inputBytes }
        return max(saturatingSum(1 << 30, saturatingProduct(16, inputs)), limits.bytes ?? 0)
    }

    private func byteLimit(_ memory: Memory) -> Int {
        limits.bytes
            ?? min(machineBytes / 4 * 3, max(4 << 30, saturatingProduct(32, memory.inputBytes)))
    }

    /// The most steps if the caller sets no limit and there are no inputs.
    private static let leastStepLimit = 20_000_000_000

    private var stepLimit: Int {
        limits.steps
            ?? saturatingSum(
                Self.leastStepLimit,
                saturatingProduct(1000, memory.withLock { $0.inputBytes }))
    }
}

extension ResourceBudget {
    /// Notes an input, which limits that nobody has set grow with.
    package func addInput(byteCount: Int) {
        memory.withLock { $0.inputBytes = saturatingSum($0.inputBytes, byteCount) }
    }

    /// Draws memory, until `release` gives it back.
    ///
    /// - Parameter what: what the memory is for, in words.
    /// - Throws: `Problem.Kind.overBudget`.
    package func hold(_ bytes: Int, for what: @autoclosure () -> String) throws {
        let limit = memory.withLock { memory -> Int? in
            let (limit, total) = (byteLimit(memory), saturatingSum(memory.heldBytes, bytes))
            guard total <= limit else { return limit }
            memory.heldBytes = total
            return nil
        }
        if let limit {
            throw Problem(.overBudget(.memory(needed: bytes, limit: limit), what: what()))
        }
    }

    /// Gives memory back.
    package func release(_ bytes: Int) {
        memory.withLock { $0.heldBytes -= bytes }
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
    package var steps: Int { drawnSteps.withLock { $0 } }

    /// Draws steps, and checks the time.
    ///
    /// - Parameter what: what they are for, in words.
    /// - Throws: `Problem.Kind.overBudget`.
    package func spend(_ steps: Int, on what: @autoclosure () -> String) throws {
        let needed = drawnSteps.withLock { drawn in
            drawn = saturatingSum(drawn, steps)
            return drawn
        }
        try checkSteps(needed, what())
        try checkTime(what())
    }

    /// Checks that steps could be drawn now.
    package func requireSteps(_ steps: Int, on what: @autoclosure () -> String) throws {
        try checkSteps(saturatingSum(self.steps, steps), what())
    }

    private func checkSteps(_ needed: Int, _ what: @autoclosure () -> String) throws {
        if limits.steps == nil, needed <= Self.leastStepLimit { return }
        let limit = stepLimit
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
