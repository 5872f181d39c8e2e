/// What becomes of a drawn density: the design that would be made, and an image that says so.
package struct FinishedDesign: Sendable, Equatable {
  /// What would be made.
  package let design: SolidDesign
  /// Densities that cut at a half give the design, grey where the drawn ones were, `[row][column]`; with two solids the shares of the second behind them.
  package let density: [Double]
  /// Whether loads are joined and the volume is met; otherwise the design is the image cut at a half.
  package let isJoined: Bool

  /// Finishes a drawn density without another solve: members for loads that hang on nothing and supports that are needed, volume to the
  /// element, nothing that carries no load.
  package init(_ density: [Double], for problem: DesignTask) {
    let density = problem.withMissingMembers(density)
    var made = SolidDesign(making: density, for: problem)
    if let design = made, !problem.isBonded, !problem.isCell,
      !problem.isHeld(design.solid, problem.size)
    {
      made = SolidDesign(making: density, for: problem, joinsAllSupports: true) ?? made
    }
    let design =
      made ?? SolidDesign(size: problem.size, thresholding: problem.withPassive(density))
    self.design = design
    isJoined = made != nil
    self.density = zip(density, design.solid + design.second).map { density, isSolid in
      isSolid ? min(1, max(0.5, density)) : max(0, min(0.5 - 1e-9, density))
    }
  }
}

extension DesignTask {
  /// A drawn density, with two solids the shares of the second behind it, with members for loads that hang on nothing and supports that are needed.
  func withMissingMembers(_ density: [Double]) -> [Double] {
    guard !isCell else { return withPassive(density) }
    let count = size.elementCount
    let members = MissingMembers(in: Array(density.prefix(count)), for: self).density
    return density.count == count ? members : members + density.dropFirst(count)
  }
}
