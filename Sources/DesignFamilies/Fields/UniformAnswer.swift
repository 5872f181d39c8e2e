internal import DesignProblem
internal import Manufacturability

/// The answer of the uniform design to a task: what the formulas of the fields read.
struct UniformAnswer: Sendable {
  /// The task, its loads as forces on nodes.
  let task: DesignTask
  /// What came of the uniform design; `nil` where nothing had to be solved.
  let evaluation: DesignEvaluation?

  var elementCount: Int { task.size.elementCount }

  /// The load cases that an entry is about.
  func cases(_ name: String?) -> [Int] {
    task.stated.loadCases.indices.filter { name == nil || task.stated.loadCases[$0].name == name }
  }

  /// Displacements of the nodes, of several cases their sum: all loads at once.
  func displacement(_ name: String?) -> [Double] {
    let all = evaluation?.displacements ?? []
    let chosen = cases(name).map { all[$0] }
    guard var sum = chosen.first else { return [] }
    for other in chosen.dropFirst() {
      for unknown in sum.indices { sum[unknown] += other[unknown] }
    }
    return sum
  }

  /// The temperature rise of every element over the stress-free temperature, the mean over its corners; empty where nothing is warm. Where conduction does not
  /// strain the structure, it is that of conduction alone.
  var temperatureRise: [Double] {
    let problem = task.stated
    guard problem.isWarmed || problem.heat != nil else { return [] }
    let change = problem.heat?.deforms == false ? 0 : problem.temperatureChange
    var rise = [Double](repeating: change, count: elementCount)
    guard let heat = problem.heat, let nodes = evaluation?.temperatures, !nodes.isEmpty else {
      return rise
    }
    for element in rise.indices {
      let (a, b, c, d) = task.grid.corners(ofElement: element)
      rise[element] += (nodes[a] + nodes[b] + nodes[c] + nodes[d]) / 4 - heat.stressFreeTemperature
    }
    return rise
  }

  /// Whether an element is never filled: there is no strain of a solid in it.
  func isVoid(_ element: Int) -> Bool { evaluation?.physicalDensity[element] == 0 }
}

extension DesignGrid {
  /// The corners of an element of a plane grid, counter-clockwise from the lower left.
  func corners(ofElement element: Int) -> (Int, Int, Int, Int) {
    let lower = (rows - 1 - element / columns) * (columns + 1) + element % columns
    return (lower, lower + 1, lower + columns + 2, lower + columns + 1)
  }
}

/// Values in single precision; noughts have no sign.
func single(_ values: [Double]) -> [Float] { values.map { 0 + Float($0) } }
