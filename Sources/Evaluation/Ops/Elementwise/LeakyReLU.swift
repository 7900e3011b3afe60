import GraphIR
import Kernels

extension LeakyReLU {
    func compute(_ run: NodeRun) throws {
        try run.apply(.leakyRelu(alpha: alpha))
    }
}
