import GraphIR

extension Positions {
    func compute(_ run: NodeRun) throws {
        let y: UnsafeMutablePointer<Int32> = run.output()
        for index in 0..<run.outputs[0].count { y[index] = Int32(clamping: index) }
    }
}
