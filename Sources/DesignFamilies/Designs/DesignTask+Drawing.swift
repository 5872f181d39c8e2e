internal import DesignProblem
internal import Manufacturability

extension DesignTask {
  /// Nodes of the longest line of forces that training has seen at 64×64: a quarter of a side.
  static let longestTrainedLine = 17
  /// Nodes for each force that a longer line is shown as.
  private static let nodesForEachForce = [32, 16]

  /// Whether a line of forces is longer than any that networks are trained on.
  package var hasLongLoad: Bool {
    NodalLoads.ofEachCase(of: self).flatMap(\.groups).contains {
      $0.nodes.count > Self.longestTrainedLine
    }
  }

  /// The problems that a generator may be told in this one's place: itself, and where it has a line of forces longer than training has seen, the same
  /// with the line's force at a few nodes of it.
  ///
  /// A generator that knows forces at points draws arms to points, and leaves a long line of small forces without any. All that is drawn is finished
  /// and judged for this problem.
  package var drawnAs: [DesignTask] {
    let cases = NodalLoads.ofEachCase(of: self)
    guard hasLongLoad else { return [self] }
    let shown = Self.nodesForEachForce.compactMap { count -> DesignTask? in
      var problem = self
      for (place, loads) in cases.enumerated() {
        problem.stated.loadCases[place].loads = loads.lumped(
          linesLongerThan: Self.longestTrainedLine, nodesForEachForce: count, on: grid)
      }
      return problem.manufacturability().faults().isEmpty ? problem : nil
    }
    return [self] + shown
  }
}

extension NodalLoads {
  /// The loads with the force of every long line at the middle nodes of equal parts of it.
  fileprivate func lumped(
    linesLongerThan longest: Int, nodesForEachForce: Int, on grid: DesignGrid
  ) -> [MechanicalLoad] {
    groups.flatMap { group -> [MechanicalLoad] in
      let count = group.nodes.count
      guard count > longest else { return NodalLoads(groups: [group]).loads(on: grid) }
      let partCount = (count + nodesForEachForce - 1) / nodesForEachForce
      return (0..<partCount).map { part in
        let range = (part * count / partCount)..<((part + 1) * count / partCount)
        let force = group.forces[range].reduce(SIMD2<Double>.zero, +)
        let middle = grid.position(
          ofNode: group.nodes[(range.lowerBound + range.upperBound - 1) / 2])
        return MechanicalLoad(.point(at: middle.map(Double.init)), force: [force.x, force.y])
      }
    }
  }
}
