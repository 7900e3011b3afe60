import Foundations
import Problems
import Testing

struct ResourceBudgetTests {
    @Test func memoryIsHeldUntilItIsReleased() throws {
        let budget = ResourceBudget(.init(bytes: 100))
        try budget.hold(60, for: "a")
        let problem = #expect(throws: Problem.self) { try budget.hold(41, for: "b") }
        #expect(problem?.kind == .overBudget(.memory(needed: 41, limit: 100), what: "b"))
        #expect(problem?.code == .badInput)
        try budget.hold(40, for: "c")
        budget.release(60)
        try budget.require(60, for: "d")
        try budget.holding(60, for: "e") {
            _ = #expect(throws: Problem.self) { try budget.require(1, for: "f") }
        }
        try budget.require(60, for: "g")
        #expect(throws: Problem.self) { try budget.hold(.max, for: "h") }
    }

    @Test func stepsApartAreForgotten() throws {
        let budget = ResourceBudget(.init(steps: 10))
        try budget.spend(4, on: "a")
        for _ in 0..<3 {
            try budget.apart { try ResourceBudget.current.spend(6, on: "b") }
            #expect(budget.steps == 4)
        }
        #expect(throws: Problem(.overBudget(.steps(needed: 11, limit: 10), what: "c"))) {
            try budget.apart { try ResourceBudget.current.spend(7, on: "c") }
        }
    }

    @Test func stepsWithoutLimitAreForgottenAndMemoryIsTheSame() throws {
        let budget = ResourceBudget(.init(bytes: 10, steps: 10))
        try budget.withoutStepLimit {
            try ResourceBudget.current.spend(11, on: "a")
            #expect(throws: Problem(.overBudget(.memory(needed: 11, limit: 10), what: "b"))) {
                try ResourceBudget.current.hold(11, for: "b")
            }
        }
        #expect(budget.steps == 0)
    }

    @Test func memoryApartIsTheSame() throws {
        let budget = ResourceBudget(.init(bytes: 10))
        try budget.hold(4, for: "a")
        #expect(throws: Problem(.overBudget(.memory(needed: 7, limit: 10), what: "b"))) {
            try budget.apart { try ResourceBudget.current.hold(7, for: "b") }
        }
        try budget.apart { try ResourceBudget.current.hold(6, for: "c") }
        #expect(throws: Problem.self) { try budget.hold(1, for: "d") }
    }

    @Test func stepsAddUp() throws {
        let budget = ResourceBudget(.init(steps: 10))
        try budget.spend(10, on: "a")
        #expect(budget.steps == 10)
        #expect(throws: Problem(.overBudget(.steps(needed: 11, limit: 10), what: "b"))) {
            try budget.spend(1, on: "b")
        }
        #expect(throws: Problem.self) { try budget.spend(.max, on: "c") }
    }

    @Test func timeEnds() throws {
        let budget = ResourceBudget(.init(seconds: 0))
        #expect(throws: Problem(.overBudget(.time(limit: 0), what: "a"))) {
            while true { try budget.spend(1, on: "a") }
        }
        try ResourceBudget(.init(seconds: 1000)).spend(1, on: "b")
    }

    /// What nobody limits follows from the inputs, and memory from the machine as well.
    @Test func limitsGrowWithTheInputs() throws {
        let budget = ResourceBudget(.init(), machineBytes: 64 << 30)
        #expect(budget.byteLimit == 4 << 30)
        #expect(budget.fileByteLimit == 1 << 30)
        #expect(throws: Problem.self) { try budget.spend(20_000_000_001, on: "a") }
        budget.addInput(byteCount: 1 << 30)
        #expect(budget.byteLimit == 32 << 30)
        #expect(budget.fileByteLimit == 17 << 30)
        try budget.spend(20_000_000_001, on: "b")
        budget.addInput(byteCount: .max)
        #expect(budget.byteLimit == 48 << 30)
        #expect(ResourceBudget(.init(), machineBytes: 2 << 30).byteLimit == 3 << 29)
        #expect(ResourceBudget(.init(bytes: 5)).byteLimit == 5)
        #expect(MachineMemory.available > 1 << 26)
    }

    @Test func nothingLimitsWorkWithoutABudget() throws {
        try ResourceBudget.current.require(1 << 60, for: "a")
        ResourceBudget(.init(bytes: 1)).apply {
            _ = #expect(throws: Problem.self) { try ResourceBudget.current.require(2, for: "a") }
        }
        try ResourceBudget.current.require(1 << 60, for: "a")
    }
}
