import Foundation
import LinearAlgebra

@testable import TopologyOptimisation

/// A straightforward optimiser of plane grids, one design at a time: the judge of ``TopologyOptimisation``.
///
/// It shares no code with it: the element's matrix is the closed form of the source, systems are assembled entry by entry and factored by
/// CHOLMOD, the density filter is a double loop, and the multiplier is found by bisection. E = 1, ν = 0.3, void 1e-9, p = 3.
///
/// - Source: formulas of Andreassen, Clausen, Schevenels, Lazarov and Sigmund, *Efficient topology optimization in MATLAB using 88
///   lines of code*, Struct. Multidisc. Optim. 43 (2011) 1–16, density filter. Elements and nodes are numbered column by column from
///   the upper left corner, y down, as there.
struct EightyEightLines {
  var columns: Int
  var rows: Int
  var volumeFraction: Double
  var radius: Double
  /// Held unknowns, and forces by unknown.
  var fixed: Set<Int>
  var forces: [Int: Double]

  func node(_ column: Int, _ row: Int) -> Int { column * (rows + 1) + row }

  /// Half of a beam on two supports, loaded in the middle: symmetry at the left, a roller in the lower right corner.
  static func mbbBeam(columns: Int = 60, rows: Int = 20) -> Self {
    var problem = Self(
      columns: columns, rows: rows, volumeFraction: 0.5, radius: 2.4, fixed: [], forces: [1: -1])
    problem.fixed = Set((0...rows).map { 2 * $0 })
    problem.fixed.insert(2 * problem.node(columns, rows) + 1)
    return problem
  }

  /// A square held at the left, loaded in the middle of the right side.
  static func cantilever(columns: Int = 64, rows: Int = 64) -> Self {
    var problem = Self(
      columns: columns, rows: rows, volumeFraction: 0.4, radius: 2, fixed: [], forces: [:])
    problem.fixed = Set(0..<2 * (rows + 1))
    problem.forces = [2 * problem.node(columns, rows / 2) + 1: -1]
    return problem
  }

  /// The stiffness of a unit square in plane stress, E = 1, ν = 0.3; corners counter-clockwise from the lower left.
  static let stiffness: [[Double]] = {
    let ν = 0.3
    let k = [
      1 / 2 - ν / 6, 1 / 8 + ν / 8, -1 / 4 - ν / 12, -1 / 8 + 3 * ν / 8, -1 / 4 + ν / 12,
      -1 / 8 - ν / 8, ν / 6, 1 / 8 - 3 * ν / 8,
    ]
    let order = [
      [0, 1, 2, 3, 4, 5, 6, 7], [1, 0, 7, 6, 5, 4, 3, 2], [2, 7, 0, 5, 6, 3, 4, 1],
      [3, 6, 5, 0, 7, 2, 1, 4], [4, 5, 6, 7, 0, 1, 2, 3], [5, 4, 3, 2, 1, 0, 7, 6],
      [6, 3, 4, 1, 2, 7, 0, 5], [7, 2, 1, 4, 3, 6, 5, 0],
    ]
    return order.map { $0.map { k[$0] / (1 - ν * ν) } }
  }()

  static func modulus(_ density: Double) -> Double {
    1e-9 + density * density * density * (1 - 1e-9)
  }

  func unknowns(ofElement element: Int) -> [Int] {
    let (column, row) = (element / rows, element % rows)
    return [
      node(column, row + 1), node(column + 1, row + 1), node(column + 1, row), node(column, row),
    ].flatMap { [2 * $0, 2 * $0 + 1] }
  }

  struct Outcome {
    var compliance: Double
    /// Physical densities, column by column.
    var density: [Double]
    var iterations: Int
  }

  /// Iterates until no density moves by more than `tolerance`; returns the compliance of the last design analysed.
  func optimised(tolerance: Double = 0.01, limit: Int = 2000) throws -> Outcome {
    let count = columns * rows
    let neighbours = (0..<count).map { element in
      (0..<count).compactMap { other -> (Int, Double)? in
        let (x, y) = (element / rows - other / rows, element % rows - other % rows)
        let weight = radius - Double(x * x + y * y).squareRoot()
        return weight > 0 ? (other, weight) : nil
      }
    }
    let sums = neighbours.map { $0.reduce(0) { $0 + $1.1 } }
    func filtered(_ x: [Double]) -> [Double] {
      (0..<count).map { e in neighbours[e].reduce(0) { $0 + $1.1 * x[$1.0] } / sums[e] }
    }
    func pulledBack(_ slope: [Double]) -> [Double] {
      (0..<count).map { e in neighbours[e].reduce(0) { $0 + $1.1 * slope[$1.0] / sums[$1.0] } }
    }

    let analysis = try Analysis(self)
    var x = [Double](repeating: volumeFraction, count: count)
    var density = x
    var compliance = 0.0
    var iterations = 0
    while iterations < limit {
      let energies = try analysis.energies(density)
      compliance = zip(density, energies).reduce(0) { $0 + Self.modulus($1.0) * $1.1 }
      iterations += 1
      let gain = pulledBack(
        zip(density, energies).map { ρ, energy in 3 * (1 - 1e-9) * ρ * ρ * energy })
      let use = pulledBack([Double](repeating: 1, count: count))
      var (low, high) = (0.0, 1e9)
      var next = x
      while (high - low) / (high + low) > 1e-3 {
        let λ = 0.5 * (low + high)
        for e in 0..<count {
          let moved: Double = x[e] * (gain[e] / use[e] / λ).squareRoot()
          let limited: Double = min(1, min(x[e] + 0.2, moved))
          next[e] = max(0, max(x[e] - 0.2, limited))
        }
        if filtered(next).reduce(0, +) > volumeFraction * Double(count) {
          low = λ
        } else {
          high = λ
        }
      }
      let change = zip(x, next).reduce(0) { max($0, abs($1.0 - $1.1)) }
      let analysed = density
      x = next
      density = filtered(x)
      if change <= tolerance {
        return Outcome(compliance: compliance, density: analysed, iterations: iterations)
      }
    }
    return Outcome(compliance: compliance, density: density, iterations: iterations)
  }

  /// K u = f of one design.
  private final class Analysis {
    let problem: EightyEightLines
    let pattern: SparsityPattern
    let column: [Int]
    var places: [(entry: Int, element: Int, value: Double)] = []

    init(_ problem: EightyEightLines) throws {
      self.problem = problem
      let unknownCount = 2 * (problem.columns + 1) * (problem.rows + 1)
      let elements = (0..<problem.columns * problem.rows).map(problem.unknowns)
      let starts = (0...elements.count).map { $0 * 8 }
      let graph = SparsityPattern(
        size: unknownCount, groupStarts: starts, members: elements.flatMap { $0.map(Int32.init) })
      let order = try nestedDissection(of: graph)
      var column = [Int](repeating: 0, count: unknownCount)
      for (place, unknown) in order.enumerated() { column[unknown] = place }
      pattern = SparsityPattern(
        size: unknownCount, groupStarts: starts,
        members: elements.flatMap { $0.map { Int32(column[$0]) } })
      self.column = column
      for (element, unknowns) in elements.enumerated() {
        for (i, a) in unknowns.enumerated() where !problem.fixed.contains(a) {
          for (j, b) in unknowns.enumerated()
          where column[a] >= column[b] && !problem.fixed.contains(b) {
            places.append((entry(column[a], column[b]), element, EightyEightLines.stiffness[i][j]))
          }
        }
      }
    }

    private func entry(_ row: Int, _ column: Int) -> Int {
      let range = pattern.columnStarts[column]..<pattern.columnStarts[column + 1]
      guard let place = range.first(where: { pattern.rows[$0] == row }) else {
        preconditionFailure("no entry in row \(row) of column \(column)")
      }
      return place
    }

    /// uᵀ k u of every element, k the solid's stiffness.
    func energies(_ density: [Double]) throws -> [Double] {
      var values = [Double](repeating: 0, count: pattern.entryCount)
      for (entry, element, value) in places {
        values[entry] += EightyEightLines.modulus(density[element]) * value
      }
      for unknown in problem.fixed { values[entry(column[unknown], column[unknown])] = 1 }
      var force = [Double](repeating: 0, count: pattern.size)
      for (unknown, value) in problem.forces { force[column[unknown]] = value }
      let factor = try CholeskyFactor(of: SparseMatrix(pattern: pattern, values: values))
      let solution = try factor.solve(force)
      return density.indices.map { element in
        let u = problem.unknowns(ofElement: element).map { solution[column[$0]] }
        return (0..<8).reduce(0) { sum, i in
          sum + u[i] * (0..<8).reduce(0) { $0 + EightyEightLines.stiffness[i][$1] * u[$1] }
        }
      }
    }
  }
}
