import DesignProblem
import Manufacturability
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

  @Test
  func
    `a problem, its images, the opposite force and another volume share a key; another load does not`()
    throws
  {
    let sampler = PartSampler(size: GridSize(columns: 64, rows: 64))
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
