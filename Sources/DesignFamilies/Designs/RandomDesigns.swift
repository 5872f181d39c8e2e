internal import DesignProblem

/// How many random designs the solver would sign off: whether the limits of a family ask something, and not too much.
///
/// A random design of a problem has the problem's volume, more here and less there over a third of the longer side, without any knowledge of its loads. It is finished as drawings are,
/// and judged by the limits of the problem, bounds that are multiples taken of a reference design.
package struct RandomDesigns: Sendable {
  /// Problems with a reference design, one random design each.
  package let count: Int
  /// Designs that are signed off.
  package let signedOffCount: Int
  /// What the designs are by each limit, by the term that is limited.
  package let limits: [Limit]

  /// What random designs are by one limit.
  package struct Limit: Sendable, Equatable {
    /// The term that is limited.
    package let term: String
    /// How many have the limit in their problem.
    package let count: Int
    /// How many of those break it.
    package let brokenCount: Int
    /// The median of value over bound.
    package let medianShare: Double
  }

  /// Judges random designs.
  ///
  /// - Parameter problems: On one grid.
  /// - Throws: `FactorizationError` where the grid cannot be analysed.
  /// - Complexity: a search for a reference and a solve for each.
  package init(for problems: [DesignTask], search: ReferenceSearch) throws {
    var known: [(problem: DesignTask, reference: ReferenceDesign)] = []
    for (problem, result) in zip(problems, try search.references(for: problems)) {
      guard let reference = try? result.get() else { continue }
      known.append((problem.resolvingLimits(by: reference.values), reference))
    }
    let designs = known.enumerated().map { number, item in
      FinishedDesign(item.problem.start(number + 1), for: item.problem).design
    }
    let qualities = try DesignQuality.strictly(
      designs, for: known.map(\.problem), references: known.map(\.reference.objective))
    count = known.count
    signedOffCount = qualities.count { $0.isSignedOff(SignOffLimits()) }
    var excesses: [String: [Double]] = [:]
    for (item, quality) in zip(known, qualities) {
      for (limit, excess) in zip(item.problem.limits, quality.limitExcesses) {
        excesses[limit.term, default: []].append(excess)
      }
    }
    limits = excesses.sorted { $0.key < $1.key }.map { term, excesses in
      Limit(
        term: term, count: excesses.count, brokenCount: excesses.count { !($0 <= 0) },
        medianShare: 1 + excesses.sorted()[excesses.count / 2])
    }
  }
}
