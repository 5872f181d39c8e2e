import ArrayFiles
import Foundation
import TestSupport
import Testing

@testable import DesignCommands
@testable import Manufacturability
@testable import ProgramSupport

@Suite("Commands on designs") struct DesignCommandTests {
  private static let problem = """
    gcgan: problem/1
    grid: {columns: 6, rows: 4}
    solids: [{youngs-modulus: 1, poissons-ratio: 0.3}]
    supports: [{region: {edge: left}, axes: [x, y]}]
    load-cases: [{loads: [{region: {point: [6, 0]}, force: [0, -1]}]}]
    terms: [{measure: compliance}]

    """

  @Test(arguments: [
    ([4, 6], ProgramStatus.success), ([6, 4], .badData), ([24], .badData), ([4, 6, 1], .badData),
  ])
  func `a gradient is taken of designs of the problem's shape alone`(
    shape: [Int], status: ProgramStatus
  ) throws {
    let place = try TemporaryPlace()
    let problem = try place.write(Self.problem, to: "p.yml")
    let density = place.path + "/rho.npy"
    try NumericArray(shape: shape, values: [Double](repeating: 0.5, count: 24)).write(to: density)
    let command = GradientCommand(problem: problem, density: density, isQuiet: true)
    #expect(command.run() == status)
    #expect(
      place.names.filter { $0 != "p.yml" && $0 != "rho.npy" }
        == (status == .success ? ["gradient.npy", "term.json"] : []))
  }

  @Test(arguments: [(-0.1, ProgramStatus.badData), (1.5, .badData), (0, .badData), (1, .success)])
  func `a density outside 0…1, or of nothing where the load is, is bad data`(
    density: Double, status: ProgramStatus
  ) throws {
    let place = try TemporaryPlace()
    let problem = try place.write(Self.problem, to: "p.yml")
    let array = place.path + "/rho.npy"
    try NumericArray(shape: [4, 6], values: [Double](repeating: density, count: 24))
      .write(to: array)
    #expect(GradientCommand(problem: problem, density: array, isQuiet: true).run() == status)
  }

  @Test func `the order of a gradient is shown, and marked where it is below the limit`() {
    let results = [
      GradientCheck.TermResult(
        name: "compliance", orders: [2.1, nil, 2.0004], differenceError: 1e-9),
      GradientCheck.TermResult(name: "volume", orders: [nil], differenceError: 0),
      GradientCheck.TermResult(name: "stress", orders: [2, 1.2], differenceError: 0.5),
    ]
    #expect(
      CheckGradientCommand.table(results) == """
        term        order    difference
        compliance  2.0      1e-09
        volume      linear   0.0
        stress      1.2      0.5  FAIL
        """)
  }

  @Test(arguments: [
    ("a/b/p.yml", "a/b", "p"), ("p.yml", ".", "p"), ("/p", "/", "p"), ("a/.yml", "a", ".yml"),
    ("a/p.q.yml", "a", "p.q"),
  ])
  func `a path has a folder and a stem`(path: String, folder: String, stem: String) {
    #expect(path.folderPart == folder)
    #expect(path.stem == stem)
  }
}
