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

  @Test func `fields of an image are the image of the fields`() throws {
    let sampler = PartSampler(size: GridSize(columns: 32, rows: 32))
    let problem = try sampler.problem(3, seed: 5)
    let own = try PartFields.fields(of: [problem])[0].get()
    for symmetry in Symmetry.ofSquare {
      for negates in [false, true] {
        var image = problem.imaged(symmetry)
        if negates {
          for place in image.loads.indices {
            image.loads[place].force = image.loads[place].force.map { -$0 }
          }
        }
        let solved = try PartFields.fields(of: [image])[0].get()
        let turned = PartFields.imaged(
          own, by: symmetry, negatesForces: negates, sources: symmetry.sources(on: problem.size))
        // Two solves to 1e-12 of systems numbered differently, written in single precision; energies near zero are logarithms.
        for (a, b) in zip(solved, turned) { #expect(abs(a - b) < 1e-3) }
      }
    }
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
