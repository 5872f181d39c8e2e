internal import DesignProblem

extension DesignTask {
  /// What every element is made of whatever a design says, `[row][column]`, `nil` where it is designed; empty where all are.
  var fillings: [PassiveRegion.Filling?] {
    guard !stated.passive.isEmpty else { return [] }
    var fillings = [PassiveRegion.Filling?](repeating: nil, count: size.elementCount)
    for region in stated.passive {
      for element in grid.elements(in: region.region) { fillings[element] = region.filling }
    }
    return fillings
  }

  /// Densities with 1 where the task is solid and 0 where it is void whatever a design says, `[row][column]`.
  package func withPassive(_ density: [Double]) -> [Double] {
    var density = density
    for (element, filling) in fillings.enumerated() {
      if let filling { density[element] = filling == .solid ? 1 : 0 }
    }
    return density
  }

  /// The bodies that passive solid makes up, each the places of its elements, ascending.
  var passiveBodies: [[Int]] {
    let fillings = fillings
    guard fillings.contains(.solid) else { return [] }
    let labels = SolidLabels(of: fillings.map { $0 == .solid }, size)
    var bodies = [[Int]](repeating: [], count: labels.count)
    for (element, label) in labels.labels.enumerated() where label >= 0 {
      bodies[label].append(element)
    }
    return bodies
  }
}
