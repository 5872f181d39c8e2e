internal import Manufacturability

/// A finished design with what the solver says of it.
public struct JudgedDesign: Sendable, Equatable {
  /// What would be made.
  public let finished: FinishedDesign
  /// *f*·*u* under all loads with the strict void, in N mm; infinite where a load is not joined to a support or the solver finds no answer.
  public let objective: Double

  /// Whether this design is to be preferred: joined before unjoined, then stiffer before softer. A design is never better than its equal.
  public func isBetter(than other: JudgedDesign) -> Bool {
    if finished.isJoined != other.finished.isJoined { return finished.isJoined }
    return objective < other.objective
  }

  /// Solves finished designs, side by side, one solve each.
  ///
  /// - Parameter problems: One per design, all on one grid.
  /// - Throws: `FactorizationError` where the grid cannot be analysed.
  public static func of(_ designs: [FinishedDesign], for problems: [DesignTask]) throws
    -> [JudgedDesign]
  {
    zip(designs, try DesignQuality.objectives(of: designs.map(\.design), for: problems)).map {
      JudgedDesign(finished: $0, objective: $1)
    }
  }
}
