import TFLiteFormat

extension OperatorPreparation {
    /// VAR_HANDLE: the number of a variable, which the names in the options stand for.
    func variableHandle() throws -> PreparedOperator {
        let options = try options(VarHandleOptions.self)
        let number = variables.number(of: "\(options.container)/\(options.sharedName)")
        let y = try handleOutput()
        return PreparedOperator(y) { context in context.output(y, as: Int32.self).pointee = number }
    }

    /// READ_VARIABLE: the elements of a variable; its type is that of what was written, or what the file declares.
    func readVariable() throws -> PreparedOperator {
        let number = try variableNumber()
        guard let dtype = declaredType(0), let shape = declaredShape(0) else {
            throw malformed("output 0 is missing")
        }
        let type =
            variables.type(of: number) ?? Plan.PlannedType(dtype: dtype, shape: shape)
        let y = try output(0, type.dtype, type.shape)
        let absent = malformed("a variable is read before it has a value")
        return PreparedOperator(y, hasEffects: true) { context in
            guard let value = context.variables[number], value.type == type else { throw absent }
            context.output(y).copyMemory(from: value.storage.start, byteCount: type.byteCount)
        }
    }

    /// ASSIGN_VARIABLE: gives a variable the elements of the second input.
    func assignVariable() throws -> PreparedOperator {
        let number = try variableNumber()
        let value = try input(1)
        let type = Plan.PlannedType(dtype: value.dtype, shape: value.shape)
        guard variables.declare(number, type) else {
            throw unsupported("the variable changes its type or shape")
        }
        return PreparedOperator(hasEffects: true) { context in
            context.variables.set(number, type, context.bytes(value))
        }
    }

    /// The number of the variable that the first input stands for.
    private func variableNumber() throws -> Int32 {
        guard let number = try input(0).known?.elements(Int32.self).first else {
            throw unsupported("a variable that is chosen in the run")
        }
        return number
    }
}
