import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// VAR_HANDLE: the number of a variable, which the names in the options stand for.
    mutating func variableHandle() throws -> Kernel {
        let options = try options(VarHandleOptions.self)
        let number = variables.number(of: "\(options.container)/\(options.sharedName)")
        let y = try handleOutput()
        return { frame in frame.output(y, as: Int32.self).pointee = number }
    }

    /// READ_VARIABLE: the elements of a variable; its type is that of what was written, or what the file declares.
    mutating func readVariable() throws -> Kernel {
        let number = try variableNumber()
        guard let dtype = declaredType(0), let shape = declaredShape(0) else {
            throw malformed("output 0 is missing")
        }
        let type =
            variables.type(of: number) ?? Plan.PlannedType(dtype: dtype, shape: shape)
        let y = try output(0, type.dtype, type.shape)
        hasEffects = true
        let absent = malformed("a variable is read before it has a value")
        return { frame in
            guard let value = frame.variables[number], value.type == type,
                let elements = value.storage.mutableBytes.baseAddress
            else { throw absent }
            frame.output(y).copyMemory(from: elements, byteCount: type.byteCount)
        }
    }

    /// ASSIGN_VARIABLE: gives a variable the elements of the second input.
    mutating func assignVariable() throws -> Kernel {
        let number = try variableNumber()
        let value = try input(1)
        let type = Plan.PlannedType(dtype: value.dtype, shape: value.shape)
        guard variables.declare(number, type) else {
            throw unsupported("a variable that changes its type or shape")
        }
        hasEffects = true
        return { frame in frame.variables.set(number, type, frame.bytes(value)) }
    }

    /// CALL_ONCE: a subgraph that runs in the first run of a session only.
    mutating func callOnce() throws -> Kernel {
        let options = try options(CallOnceOptions.self)
        let routine = try subgraph(options.initialSubgraph, [])
        hasEffects = true
        return { frame in
            guard frame.variables.begin(options.initialSubgraph) else { return }
            try routine.run(frame, [], [])
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
