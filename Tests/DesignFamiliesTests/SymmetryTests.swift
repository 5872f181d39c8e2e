import DesignProblem
import Manufacturability
import TestSupport
import Testing

@testable import DesignFamilies

@Suite("Symmetry of part problems") struct SymmetryTests {
  @Test func `images are permutations, and the identity changes nothing`() {
    let size = GridSize(columns: 8, rows: 8)
    for symmetry in Symmetry.ofSquare {
      #expect(symmetry.sources(on: size).sorted() == Array(0..<64))
    }
    #expect(Symmetry.ofSquare[0].sources(on: size) == Array(0..<64))
    #expect(Set(Symmetry.ofSquare.map { $0.sources(on: size) }).count == 8)
  }

  @Test func `films turn with their problem: the same temperatures, the same key`() throws {
    let grid = DesignGrid(columns: 8, rows: 8)
    let task = DesignTask(
      ManufacturabilityProblem(
        grid: grid, solids: [.aluminium6061],
        heat: HeatConduction(
          sources: [.init(.point(at: [2, 5]), power: 3)],
          films: [
            .init(.edge(side: .left), coefficient: 4, ambient: 1),
            .init(.box(lower: [3, 8], upper: [7, 8]), coefficient: 20, ambient: -2),
          ]), terms: [Term(.temperature())]), volumeFraction: 0.5)
    let design = task.stated.randomDesign()
    let own = try ManufacturabilityLoss(of: task.stated).evaluate([design])[0].get().total
    for symmetry in Symmetry.ofSquare {
      let image = task.imaged(symmetry)
      let turned = symmetry.sources(on: task.size).map { design[$0] }
      let found = try ManufacturabilityLoss(of: image.stated).evaluate([turned])[0].get().total
      // Round-off of systems numbered differently.
      #expect(abs(found - own) < 1e-10 * own)
      #expect(image.symmetryKey == task.symmetryKey)
    }
    var other = task
    other.stated.heat?.films[0].coefficient = 5
    #expect(other.symmetryKey != task.symmetryKey)
  }

  @Test
  func
    `a problem, its images, the opposite force and another volume share a key; another load does not`()
    throws
  {
    let sampler = PartProblems(size: GridSize(columns: 64, rows: 64))
    let problem = try sampler.problem(1, seed: 2)
    let key = problem.symmetryKey
    for symmetry in Symmetry.ofSquare { #expect(problem.imaged(symmetry).symmetryKey == key) }
    var other = problem
    other.volumeFraction = 0.33
    other.loads[0].force = other.loads[0].force.map { -$0 }
    if other.loads.count == 1 { #expect(other.symmetryKey == key) }
    other.loads[0].force[0] += 1
    #expect(other.symmetryKey != key)
  }
}
