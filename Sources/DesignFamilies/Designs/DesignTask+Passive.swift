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

  /// Of a task with a matrix the solids that a design is made of, each with the cells of solid pixels, in the order of pixels, that it fills: first that of the
  /// design, then those of passive regions, last the matrix, whose cells are not listed. Empty without a matrix.
  func sections(of solid: [Bool]) -> [(name: String, cells: [Int], solid: SolidPhase)] {
    guard let matrix = stated.matrix else { return [] }
    var own = [SolidPhase?](repeating: nil, count: size.elementCount)
    for region in stated.passive {
      guard let solid = region.madeOf else { continue }
      for element in grid.elements(in: region.region) { own[element] = solid }
    }
    let pixels = solid.indices.filter { solid[$0] }
    var sections = [
      (name: "SOLID1", cells: pixels.indices.filter { own[pixels[$0]] == nil }, solid: material)
    ]
    for region in stated.passive {
      guard let solid = region.madeOf, !sections.contains(where: { $0.solid == solid }) else {
        continue
      }
      sections.append(
        ("SOLID\(sections.count + 1)", pixels.indices.filter { own[pixels[$0]] == solid }, solid))
    }
    if solid.contains(false) { sections.append(("MATRIX", [], matrix)) }
    return sections.filter { !$0.cells.isEmpty || $0.name == "MATRIX" }
  }
}
