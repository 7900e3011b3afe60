import Problems

/// Extents that free axes get in turn, until the windows that slide over them fit.
package enum TrialExtents {
    /// The extents, the ones tried first at the front.
    package static let all = [8, 32, 128, 512, 1]

    /// The result for the first extent that `body` accepts; nil if it accepts none.
    ///
    /// - Throws: a problem that does not come from the extents, such as a fault of the program.
    package static func first<Result>(_ body: (Int) throws -> Result) throws -> Result? {
        for extent in all {
            do {
                return try body(extent)
            } catch let problem as Problem where problem.mayComeFromExtents {}
        }
        return nil
    }
}

extension Problem {
    /// Whether other extents of the inputs may help.
    package var mayComeFromExtents: Bool { [.badInput, .unsupported].contains(code) }
}
