import Foundation
import Manufacturability
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem

@Suite("Parts of any material and size") struct PartMaterialTests {
  private static let steel = SolidPhase(youngsModulus: 210_000, poissonsRatio: 0.29)

  @Test func `what a generator is told has no units`() throws {
    let sampler = PartProblems(size: GridSize(columns: 32, rows: 32))
    let family = PartProblems.family
    for number in 0..<4 {
      let problem = try sampler.problem(number, seed: 3)
      var other = problem
      other.material.youngsModulus *= 3
      (other.pixelSize, other.thickness) = (0.5, 2)
      for place in other.loads.indices {
        other.loads[place].force = problem.loads[place].force.map { 7 * $0 }
      }
      let (a, b) = (
        try family.conditioning.fields(of: [problem])[0].get(),
        try family.conditioning.fields(of: [other])[0].get()
      )
      let largest = zip(a, b).map { abs($0 - $1) }.max() ?? .nan
      // Single precision, and logarithms of energies that are next to nothing.
      #expect(largest < 1e-4)
    }
  }

  @Test func `a problem file in SI units becomes millimetres, newtons and megapascals`() throws {
    let (own, _) = ExportSample.cantilever("####\n####\n####\n####")
    var problem = own.manufacturability()
    problem.grid.pixelSize = 0.0005
    problem.grid.thickness = 0.003
    problem.solids = [SolidPhase(youngsModulus: 210e9, poissonsRatio: 0.2)]
    let part = try DesignTask(
      ProblemFile(
        problem: problem, optimisation: .init(volumeFraction: 0.4), hasUnits: true))
    #expect(part.grid == DesignGrid(columns: 4, rows: 4, pixelSize: 0.5, thickness: 3))
    #expect(part.material.youngsModulus == 210_000)
    #expect(part.loads == own.loads)
    #expect(
      PartProblems.family.warnings(of: part).contains { $0.contains("Poisson's ratio of 0.2") })
  }

  @Test func `the decks of a steel part have the energy of its image`() throws {
    var (problem, density) = ExportSample.cantilever(
      "########\n########\n..####..\n########\n########")
    (problem.material, problem.pixelSize, problem.thickness) = (Self.steel, 0.5, 3)
    let export = try DesignExport(problem: problem, density: density)
    let place = try TemporaryPlace()
    let pixels = try ExportSample.solve(try export.file("pixels.inp"), place)
    #expect(abs(2 * pixels.energy / export.prediction.objective - 1) < 1e-5)
    #expect(abs(export.area - 36 * 0.25) < 1e-8)
    // Stiffness in a plane is E times the thickness, whatever the side of an element.
    var aluminium = problem
    (aluminium.material, aluminium.pixelSize, aluminium.thickness) = (.aluminium6061, 1, 1)
    aluminium.material.poissonsRatio = Self.steel.poissonsRatio
    let other = try DesignExport(problem: aluminium, density: density)
    let ratio = 68_900.0 / (3 * 210_000)
    #expect(abs(export.prediction.objective / (ratio * other.prediction.objective) - 1) < 1e-9)
  }

  @Test func `problems are read back, and need not say what all are made of`() throws {
    let (problem, _) = ExportSample.cantilever("####\n####")
    var other = problem
    (other.material, other.pixelSize, other.thickness) = (Self.steel, 0.5, 3)
    for part in [problem, other] {
      let data = try JSONEncoder().encode(part)
      #expect(try JSONDecoder().decode(DesignTask.self, from: data) == part)
      #expect(String(decoding: data, as: UTF8.self).contains("material") == (part == other))
    }
  }
}
