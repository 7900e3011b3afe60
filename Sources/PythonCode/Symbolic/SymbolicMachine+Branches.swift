import Problems

extension SymbolicMachine {
    /// Takes a branch whose condition is known; follows both ways of another one and returns the value of the whole call.
    mutating func branch(
        _ condition: Instruction.Condition, _ target: Int, _ keepsValue: Bool,
        _ frame: inout Frame
    ) throws -> SymbolicValue? {
        let value = try frame.pop()
        let test: SymbolicValue
        switch condition {
        case .isTrue, .isFalse: test = value
        case .isNone: test = try comparison(.isSame, value, .constant(.none))
        case .isNotNone: test = try comparison(.isNotSame, value, .constant(.none))
        }
        if let isTrue = try truth(test) {
            guard isTrue == (condition != .isFalse) else { return nil }
            if keepsValue { frame.stack.append(value) }
            frame.position = target
            return nil
        }
        return try followBoth(
            expression(test), isTaken: condition != .isFalse, target, keepsValue ? value : nil,
            &frame)
    }

    /// Whether a value is true; nil if it is not known.
    private mutating func truth(_ value: SymbolicValue) throws -> Bool? {
        if let elements = elements(value) { return !elements.isEmpty }
        if case .function = value { return true }
        return try plain(value)?.isTrue
    }

    private mutating func followBoth(
        _ test: PythonExpression, isTaken: Bool, _ target: Int, _ kept: SymbolicValue?,
        _ frame: inout Frame
    ) throws -> SymbolicValue {
        try budget.spendBranch()
        guard !frame.code.isGenerator else {
            throw SymbolicFault.notUnderstood("a condition in a generator")
        }
        let outerChange = lowestChange
        let known = memory.count
        lowestChange = Int.max
        var other = self
        var branch = frame
        branch.position = target
        if let kept { branch.stack.append(kept) }
        let taken = try Self.valueUnlessRaised(&other, &branch)
        let passed = try Self.valueUnlessRaised(&self, &frame)
        let isChanged = min(lowestChange, other.lowestChange) < known
        guard frame.depth == 0 || !isChanged else {
            throw SymbolicFault.notUnderstood("a change of a list under a condition")
        }
        lowestChange = min(outerChange, lowestChange)
        switch (taken, passed) {
        case (let taken?, let passed?):
            return .expression(
                try PythonExpression(
                    .conditional(
                        test: test, yes: isTaken ? taken : passed, no: isTaken ? passed : taken)
                ).checked())
        case (let value?, nil), (nil, let value?): return .expression(value)
        case (nil, nil): throw SymbolicFault.raised
        }
    }

    /// The value that a call returns from where it is on; nil if it raises an exception, which a saved model does not.
    private static func valueUnlessRaised(
        _ machine: inout SymbolicMachine, _ frame: inout Frame
    ) throws -> PythonExpression? {
        do {
            let value = try machine.run(&frame)
            return try machine.expression(value)
        } catch SymbolicFault.raised {
            return nil
        }
    }
}
