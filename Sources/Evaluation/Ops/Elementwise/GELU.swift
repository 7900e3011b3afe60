import GraphIR
import Kernels

extension GELU {
    func compute(_ run: NodeRun) throws {
        try run.apply(.gelu(approximate: approximate))
    }
}
