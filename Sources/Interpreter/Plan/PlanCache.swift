import Foundations
import TFLiteFormat
import Tensors

/// The most recently used plans of a subgraph, shared by all sessions.
///
/// Going back to an earlier shape, or to one that another session uses, does not plan again; weights are packed once.
final class PlanCache: Sendable {
    private let model: TFLiteModel
    private let subgraph: Int
    private let memoryLimit: Int
    /// What has been packed of the constants of the file.
    let weights: PackedConstants
    /// The plans, the one used last at the end.
    private let plans: Locked<[Plan]>

    /// The plan for the shapes that the file says.
    let initial: Plan

    /// The most plans that are kept.
    private static let capacity = 4

    init(
        _ model: TFLiteModel, subgraph: Int, memoryLimit: Int, weights: PackedConstants
    ) throws {
        self.model = model
        self.subgraph = subgraph
        self.weights = weights
        self.memoryLimit = memoryLimit
        initial = try Plan.initial(
            model, subgraph: subgraph, memoryLimit: memoryLimit, weights: weights)
        plans = Locked([initial])
    }

    /// The plan for other shapes.
    func plan(for shapes: [Shape]) throws -> Plan {
        let known = plans.withLock { plans -> Plan? in
            guard let index = plans.firstIndex(where: { $0.inputShapes == shapes }) else {
                return nil
            }
            plans.append(plans.remove(at: index))
            return plans.last
        }
        if let known { return known }
        let made = try Planner.plan(
            model, subgraph: subgraph, inputShapes: shapes, memoryLimit: memoryLimit,
            weights: weights)
        plans.withLock { plans in
            if plans.count >= Self.capacity { plans.removeFirst() }
            plans.append(made)
        }
        return made
    }
}
