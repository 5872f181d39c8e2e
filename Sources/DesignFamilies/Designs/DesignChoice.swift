/// The design that is kept of those that were drawn for one problem, and of its refinement.
///
/// Designs are compared as they would be made: finished, black and white, by a solve with the strict void. So the best of several drawings
/// is never worse than the first, and a refined design never worse than the one that refinement began with.
package struct DesignChoice: Sendable {
  /// What would be made.
  package let finished: FinishedDesign
  /// The place of the drawing it comes from.
  package let drawing: Int
  /// The image before it was finished: the drawing, or what refinement made of it.
  package let density: [Double]
  /// Steps of refinement that the finished design has behind it; none where the drawing was better.
  package let stepCount: Int
  /// Linear systems solved: one for each design that was compared, and those of refinement.
  package let solveCount: Int

  /// Finishes drawings, refines the best of each problem, and keeps the best.
  ///
  /// One drawing without refinement costs no solve; *M* drawings cost *M*; refinement by *k* steps costs *k* + 1, and one for each of the two
  /// designs that are compared. Where the cut design is much softer than the grey one it was cut from, a member was lost: it gets its members back
  /// and as many steps again, twice at most; and so does a design that breaks a limit of its problem.
  ///
  /// - Parameters:
  ///   - drawings: For each problem one drawn density or more, `[row][column]`.
  ///   - problems: All on one grid.
  /// - Throws: `FactorizationError` where the grid cannot be analysed.
  package static func best(
    of drawings: [[[Double]]], for problems: [DesignTask], refinement: DesignRefinement
  ) throws -> [DesignChoice] {
    let isRefining = refinement.iterationCount > 0
    var choices = zip(drawings, problems).map { drawings, problem in
      Candidate(
        finished: drawings.map { FinishedDesign($0, for: problem) },
        isCompared: isRefining || drawings.count > 1)
    }
    try judge(&choices, problems)
    let chosen = choices.indices.map { place -> DesignChoice in
      let best = choices[place].best
      return DesignChoice(
        finished: choices[place].finished[best], drawing: best, density: drawings[place][best],
        stepCount: 0, solveCount: choices[place].judged.count)
    }
    guard isRefining else { return chosen }
    return try refined(
      chosen, judged: choices.map { $0.judged[$0.best] }, for: problems, by: refinement)
  }

  /// A cut design that is so many times softer than the grey one has lost a member, as ``ReferenceSearch`` has it.
  private static let softeningLimit = 1.5
  /// How often a design is refined at most.
  private static let roundLimit = 3
  /// How much of the uniform design there is in the start where a load is longer than training has seen, so that material can appear anywhere.
  private static let uniformShare = 0.2

  private static func refined(
    _ chosen: [DesignChoice], judged: [JudgedDesign], for problems: [DesignTask],
    by refinement: DesignRefinement
  ) throws -> [DesignChoice] {
    var (chosen, judged) = (chosen, judged)
    var images = chosen.map(\.density)
    var open = Array(chosen.indices)
    for round in 1...roundLimit where !open.isEmpty {
      // A load that hangs on nothing is given its members first, or the steps pass until material has grown to it.
      let starts = open.map { place -> [Double] in
        let problem = problems[place]
        let start = problem.withMissingMembers(images[place])
        guard problem.hasLongLoad else { return start }
        return start.map { $0 + uniformShare * (problem.volumeFraction - $0) }
      }
      let those = open.map { problems[$0] }
      let refined = try refinement.images(of: starts, for: those)
      let after = try JudgedDesign.of(
        zip(refined, those).map { FinishedDesign($0.density, for: $1) }, for: those)
      var stillOpen: [Int] = []
      for (place, (image, design)) in zip(open, zip(refined, after)) {
        images[place] = image.density
        let isBetter = design.isBetter(than: judged[place])
        chosen[place] = DesignChoice(
          finished: isBetter ? design.finished : chosen[place].finished,
          drawing: chosen[place].drawing, density: image.density,
          stepCount: isBetter ? round * refinement.iterationCount : chosen[place].stepCount,
          solveCount: chosen[place].solveCount + refinement.iterationCount + 2)
        if isBetter { judged[place] = design }
        let isSoft =
          judged[place].finished.isJoined
          && judged[place].objective > softeningLimit * image.objective
        if isSoft || judged[place].excess > 0 { stillOpen.append(place) }
      }
      open = stillOpen
    }
    return chosen
  }

  /// The finished designs of one problem, and what the solver says of them where they are compared.
  private struct Candidate {
    let finished: [FinishedDesign]
    let isCompared: Bool
    var judged: [JudgedDesign] = []

    /// The place of the best; of equal ones the first.
    var best: Int {
      judged.indices.dropFirst().reduce(0) { judged[$1].isBetter(than: judged[$0]) ? $1 : $0 }
    }
  }

  private static func judge(_ candidates: inout [Candidate], _ problems: [DesignTask]) throws {
    let places = candidates.indices.filter { candidates[$0].isCompared }
      .flatMap { place in candidates[place].finished.indices.map { (place, $0) } }
    // As many at a time as memory holds easily.
    for start in stride(from: 0, to: places.count, by: 128) {
      let batch = places[start..<min(start + 128, places.count)]
      let judged = try JudgedDesign.of(
        batch.map { candidates[$0.0].finished[$0.1] }, for: batch.map { problems[$0.0] })
      for ((place, _), design) in zip(batch, judged) { candidates[place].judged.append(design) }
    }
  }
}
