import Testing

@testable import BatchLinearAlgebra
@testable import LinearAlgebra

@Suite("Nested dissection of lattices") struct LatticeDissectionTests {
  struct Lattice: Sendable, CustomTestStringConvertible {
    var lengths: [Int]
    var isPeriodic = false
    var testDescription: String { "\(lengths)\(isPeriodic ? " periodic" : "")" }

    var size: Int { lengths.reduce(1, *) }

    /// Vertices of a cell are coupled.
    var graph: SparsityPattern {
      let cells = lengths.map { isPeriodic ? $0 : $0 - 1 }
      var starts = [0]
      var members: [Int32] = []
      for cell in 0..<cells.reduce(1, *) {
        var corners = [0]
        var (rest, step) = (cell, 1)
        for (length, count) in zip(lengths, cells) {
          let at = rest % count
          rest /= count
          corners = corners.flatMap { [$0 + at * step, $0 + (at + 1) % length * step] }
          step *= length
        }
        members += Set(corners).map(Int32.init)
        starts.append(members.count)
      }
      return SparsityPattern(size: size, groupStarts: starts, members: members)
    }
  }

  private func ordered(_ lattice: Lattice, _ unknownsPerVertex: Int) throws -> [Int] {
    try nestedDissection(
      ofLattice: lattice.lengths, isPeriodic: lattice.isPeriodic,
      unknownsPerVertex: unknownsPerVertex, graph: lattice.graph)
  }

  @Test(
    "every vertex comes once",
    arguments: [
      Lattice(lengths: [1]), Lattice(lengths: [7]), Lattice(lengths: [9, 2]),
      Lattice(lengths: [2, 40]), Lattice(lengths: [13, 8]), Lattice(lengths: [5, 4, 6]),
      Lattice(lengths: [2, 2], isPeriodic: true), Lattice(lengths: [1, 3], isPeriodic: true),
      Lattice(lengths: [2, 60_000]), Lattice(lengths: [1, 1]),
      Lattice(lengths: [12, 7], isPeriodic: true), Lattice(lengths: [4, 3, 5], isPeriodic: true),
    ])
  func permutation(_ lattice: Lattice) throws {
    #expect(try ordered(lattice, 2).sorted() == Array(0..<lattice.size))
  }

  @Test func `a lattice too large for the table takes METIS's order`() throws {
    #expect(
      LatticeDissection(lengths: [900, 900], isPeriodic: false, unknownsPerVertex: 2) == nil)
    let strip = Lattice(lengths: [2, 1_200_000])
    #expect(
      LatticeDissection(lengths: strip.lengths, isPeriodic: false, unknownsPerVertex: 1) == nil)
    let wide = Lattice(lengths: [60, 60, 60])
    #expect(
      LatticeDissection(lengths: wide.lengths, isPeriodic: false, unknownsPerVertex: 3) == nil)
    #expect(
      LatticeDissection(lengths: [50, 50, 50], isPeriodic: false, unknownsPerVertex: 3) != nil)
  }

  /// METIS knows nothing of the lattice; what cuts by the lattice save is what the class promises.
  @Test(
    "the factor is smaller than in METIS's order",
    arguments: [
      (Lattice(lengths: [65, 65]), 2, 0.91, 0.81), (Lattice(lengths: [33, 33]), 2, 0.92, 0.81),
      (Lattice(lengths: [129, 65]), 2, 0.91, 0.81), (Lattice(lengths: [65, 65]), 1, 0.93, 0.85),
      (Lattice(lengths: [64, 64], isPeriodic: true), 2, 0.92, 0.88),
      (Lattice(lengths: [13, 13, 13]), 3, 1, 1),
      (Lattice(lengths: [12, 12, 12], isPeriodic: true), 3, 1, 1),
    ])
  func fill(_ lattice: Lattice, _ unknownsPerVertex: Int, _ entries: Double, _ operations: Double)
    throws
  {
    let graph = lattice.graph
    let cut = try BatchAnalysis(
      ofGraph: graph, unknownsPerVertex: unknownsPerVertex,
      order: ordered(lattice, unknownsPerVertex))
    let metis = try BatchAnalysis(ofGraph: graph, unknownsPerVertex: unknownsPerVertex)
    #expect(
      Double(cut.factorEntryCount) <= entries * Double(metis.factorEntryCount),
      "\(cut.factorEntryCount) and \(metis.factorEntryCount)")
    #expect(
      cut.operationCount <= operations * metis.operationCount,
      "\(cut.operationCount) and \(metis.operationCount)")
  }
}
