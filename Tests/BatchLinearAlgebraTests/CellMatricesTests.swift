import Parallelism
import Testing

@testable import BatchLinearAlgebra
@testable import LinearAlgebra

/// Systems taken cell by cell beside those of the entries that the same cells were assembled to.
@Suite("Matrices by square cells") struct CellMatricesTests {
  /// Two stiffnesses of a square made of couplings of its modes.
  static let modes: [[Double]] = [
    [0.5, 0.5, 0.5, 0.01, 0, 0.02, 0.1, 0.2], [1, 0.1, 1.2, 0.5, 0.45, 0.55, 0.3, 0.25],
  ]
  static let signs: [[Double]] = [[1, 1, 1, 1], [-1, 1, 1, -1], [-1, -1, 1, 1], [1, -1, 1, -1]]

  /// K = Hᵀ G H: entry by entry of what the couplings say.
  static func matrix(_ modes: [Double]) -> [Double] {
    let places = [(2, 2), (2, 5), (5, 5), (4, 4), (4, 3), (3, 3), (6, 6), (7, 7)]
    var matrix = [Double](repeating: 0, count: 64)
    for (value, place) in zip(modes, places) {
      for (a, b) in place.0 == place.1 ? [place] : [place, (place.1, place.0)] {
        for i in 0..<4 {
          for j in 0..<4 {
            matrix[(2 * i + a % 2) * 8 + 2 * j + b % 2] +=
              value * signs[a / 2][i] * signs[b / 2][j]
          }
        }
      }
    }
    return matrix
  }

  /// A grid of squares, two unknowns per node, nodes from the lower left.
  static func elements(_ columns: Int, _ rows: Int) -> ScaledElements {
    var unknowns: [Int32] = []
    for row in (0..<rows).reversed() {
      for column in 0..<columns {
        let first = row * (columns + 1) + column
        for node in [first, first + 1, first + columns + 2, first + columns + 1] {
          unknowns += [Int32(2 * node), Int32(2 * node + 1)]
        }
      }
    }
    return ScaledElements(size: 8, unknowns: unknowns, matrices: modes.map(matrix))
  }

  static func analysis(_ columns: Int, _ rows: Int) throws -> (ScaledElements, BatchAnalysis) {
    let elements = elements(columns, rows)
    let graph = SparsityPattern(
      size: (columns + 1) * (rows + 1), groupStarts: (0...elements.cellCount).map { $0 * 4 },
      members: stride(from: 0, to: elements.unknowns.count, by: 2).map {
        elements.unknowns[$0] / 2
      })
    return (
      elements, try BatchAnalysis(ofGraph: graph, unknownsPerVertex: 2, elements: elements)
    )
  }

  @Test("what couples otherwise is no square")
  func refusesOthers() throws {
    for modes in Self.modes {
      let found = try #require(CellChunks.modes(of: Self.matrix(modes)))
      for (a, b) in zip(found, modes) { #expect(abs(a - b) <= 1e-15) }
    }
    var skewed = Self.matrix(Self.modes[0])
    skewed[3 * 8 + 4] += 1e-9
    #expect(CellChunks.modes(of: skewed) == nil)
  }

  // 6×5 is one chunk, 40×30 eight.
  @Test("cells and entries solve alike, held unknowns too", arguments: [(6, 5), (40, 30)])
  func agree(_ columns: Int, _ rows: Int) throws {
    let (elements, analysis) = try Self.analysis(columns, rows)
    #expect(analysis.cells != nil)
    let size = analysis.pattern.size
    var random = BatchSolverTests.Random(seed: 5)
    let scale = (0..<(elements.cellCount * 16)).map { _ in 0.1 + random.next() }
    // Lane by lane another edge.
    let held = (0..<8).map { lane in
      (0...rows).flatMap { row -> [Int] in
        let node = row * (columns + 1) + (lane % 2 == 0 ? 0 : columns)
        return [2 * node, 2 * node + 1]
      }
    }
    let places = elements.places(in: analysis.pattern) { $0 }
    var loads = BatchSolverTests.loads(size, count: 2, seeds: (0..<8).map { $0 + 9 })
    for (lane, held) in held.enumerated() {
      for unknown in held { for side in 0..<2 { loads[(unknown * 2 + side) * 8 + lane] = 0 } }
    }
    func solved(byCells: Bool, crew: Crew = .alone) -> (x: [Double], image: [Double]) {
      var solver = BatchSolver(analysis)
      if byCells {
        solver.setMatrices(scale: scale, held: held)
      } else {
        solver.withMatrixValues { values in
          elements.assemble(scale: scale, places: places, into: &values)
          for (lane, held) in held.enumerated() {
            let isHeld = Set(held)
            for column in 0..<size {
              for entry in analysis.pattern.columnStarts[
                column]..<analysis.pattern.columnStarts[
                  column + 1]
              {
                let row = Int(analysis.pattern.rows[entry])
                if row != column && (isHeld.contains(row) || isHeld.contains(column)) {
                  values[entry * 8 + lane] = 0
                }
              }
            }
          }
        }
      }
      solver.factor(laneCount: 8, crew: crew)
      var x = loads
      let report = solver.solve(&x, count: 2, crew: crew)
      #expect(report.isConverged.allSatisfy { $0 })
      return (x, solver.multiply(x, count: 2))
    }
    let byCells = solved(byCells: true)
    let byEntries = solved(byCells: false)
    for lane in 0..<8 {
      for side in 0..<2 {
        func part(_ v: [Double]) -> [Double] {
          BatchSolverTests.side(v, side, of: 2, lane: lane)
        }
        let load = part(loads)
        let rest = zip(part(byCells.image), load).map { $0 - $1 }
        // To 1e-12 by one product, which the other knows to its own rounding: a few of 1e-16 times the condition, below 1e4.
        #expect(BatchSolverTests.length(rest) <= 3e-12 * BatchSolverTests.length(load))
        let difference = zip(part(byCells.x), part(byEntries.x)).map { $0 - $1 }
        #expect(
          BatchSolverTests.length(difference)
            <= 1e-8 * BatchSolverTests.length(part(byEntries.x)))
      }
    }
    let together = Crew.gathered { solved(byCells: true, crew: $0).x.map(\.bitPattern) }
    #expect(together == byCells.x.map(\.bitPattern))
  }
}
