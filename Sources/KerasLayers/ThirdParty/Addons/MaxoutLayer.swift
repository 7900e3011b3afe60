import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Maxout`: the largest of the elements that lie `num_units` apart along an axis.
struct MaxoutLayer: KerasLayer {
    static let classNames = ["Addons>Maxout"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    let units: Int
    let axis: Int

    init(config: LayerConfig, context: LayerContext) throws {
        units = try config.size("num_units")
        axis = try config.axis("axis", default: -1)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let axis = try builder.shape(of: x).checkedAxis(axis)
        let extent = try builder.shape(of: x).knownExtent(axis)
        guard extent % units == 0 else {
            throw Problem(
                .invalidField("num_units", value: "\(units)", expected: "a divisor of \(extent)"))
        }
        var extents = builder.extents(of: x)
        extents[axis] = .known(units)
        extents.insert(.known(extent / units), at: axis)
        return [try builder.reduce(.max, builder.reshape(x, extents), axes: [axis])]
    }
}
