internal import Manufacturability

/// A finished design with what the solver says of it.
package struct JudgedDesign: Sendable, Equatable {
  /// What would be made.
  package let finished: FinishedDesign
  /// The task's objective with the strict void, of parts *f*·*u* in N mm; infinite where a load is not joined to a support or the solver finds no answer.
  package let objective: Double
  /// Value / bound − 1 of every limit of the task, in their order, as ``DesignQuality/limitExcesses`` has it.
  package let limitExcesses: [Double]

  /// What is beyond the limits, added up: 0 where all are kept.
  package var excess: Double { limitExcesses.reduce(0) { $0 + max(0, $1) } }

  /// Whether this design is to be preferred: joined before unjoined, then within the limits before beyond them, then the smaller excess, then the
  /// smaller objective. A design is never better than its equal.
  package func isBetter(than other: JudgedDesign) -> Bool {
    if finished.isJoined != other.finished.isJoined { return finished.isJoined }
    if excess != other.excess { return excess < other.excess }
    return objective < other.objective
  }

  /// Solves finished designs, side by side, one solve each.
  ///
  /// - Parameter problems: One per design, all on one grid; bounds of limits are values.
  /// - Throws: `FactorizationError` where the grid cannot be analysed.
  package static func of(_ designs: [FinishedDesign], for problems: [DesignTask]) throws
    -> [JudgedDesign]
  {
    let values = try DesignQuality.valuesOfJoined(designs.map(\.design), for: problems)
    return designs.indices.map { place in
      JudgedDesign(
        finished: designs[place], objective: values[place]?[0] ?? .infinity,
        limitExcesses: problems[place].limitExcesses(of: values[place]))
    }
  }
}
