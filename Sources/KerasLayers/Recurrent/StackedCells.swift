import GraphIR
import KerasWeights
import Problems
import Tensors

/// `StackedRNNCells`: cells one on top of the other, each with the output of the one below as input.
///
/// Weights: those of all cells in order. States: those of all cells in order.
struct StackedCells: RecurrentCell {
    let cells: [any RecurrentCell]
    /// The number of states of each cell.
    private let stateCounts: [Int]
    /// The features that each cell gives.
    private let widths: [Int]
    /// Whether the states of the last cell come first, in old files.
    private let reversesStates: Bool

    init(_ cells: [any RecurrentCell], reversesStates: Bool) throws {
        self.cells = cells
        self.reversesStates = reversesStates
        let shapes = try cells.map { try $0.stateShapes(for: TensorType(.float32, [1, 1])) }
        stateCounts = shapes.map(\.count)
        widths = try zip(cells, shapes).map { cell, shapes in
            guard let width = shapes[cell.outputState].first, shapes[cell.outputState].count == 1
            else {
                throw Problem(
                    .unsupported(
                        what: "cells of images cannot be stacked", remedy: "Stack layers instead."))
            }
            return width
        }
        guard !cells.isEmpty else { throw Problem(.missingField("cells")) }
    }

    func weightSpecs(for input: TensorType) throws -> [WeightSpec] {
        try weightSpecsByCell(input).flatMap { $0 }
    }

    private func weightSpecsByCell(_ input: TensorType) throws -> [[WeightSpec]] {
        var input = input
        return try zip(cells, widths).map { cell, width in
            let specs = try cell.weightSpecs(for: input)
            input.shape[-1] = width
            return specs
        }
    }

    func stateShapes(for input: TensorType) throws -> [[Int]] {
        ordered(try cells.map { try $0.stateShapes(for: input) }).flatMap { $0 }
    }

    var outputState: Int {
        let position = reversesStates ? 0 : stateCounts.dropLast().reduce(0, +)
        return position + (cells.last?.outputState ?? 0)
    }

    func prepare(_ weights: [Constant], in builder: GraphBuilder) throws -> any PreparedCell {
        var rest = weights[...]
        let prepared = try zip(cells, counts(of: weights)).map { cell, count in
            let own = Array(rest.prefix(count))
            rest = rest.dropFirst(count)
            return try cell.prepare(own, in: builder)
        }
        return Prepared(stack: self, cells: prepared)
    }

    /// The number of weights of each cell.
    private func counts(of weights: [Constant]) throws -> [Int] {
        guard let features = weights.first?.shape.dims.first else {
            return cells.map { _ in 0 }
        }
        return try weightSpecsByCell(TensorType(.float32, [1, features])).map(\.count)
    }

    private func ordered<Element>(_ perCell: [Element]) -> [Element] {
        reversesStates ? perCell.reversed() : perCell
    }

    private struct Prepared: PreparedCell {
        let stack: StackedCells
        let cells: [any PreparedCell]

        func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID] {
            try cells[0].project(x, in: builder)
        }

        func step(
            _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
        ) throws -> [ValueID] {
            var rest = states[...]
            var perCell = stack.ordered(stack.stateCounts).map { count in
                defer { rest = rest.dropFirst(count) }
                return Array(rest.prefix(count))
            }
            perCell = stack.ordered(perCell)
            var projections = projections
            for (index, cell) in cells.enumerated() {
                perCell[index] = try cell.step(
                    projections, states: perCell[index], in: builder)
                guard index + 1 < cells.count else { break }
                let output = perCell[index][stack.cells[index].outputState]
                projections = try cells[index + 1].project(output, in: builder)
            }
            return stack.ordered(perCell).flatMap { $0 }
        }
    }
}
