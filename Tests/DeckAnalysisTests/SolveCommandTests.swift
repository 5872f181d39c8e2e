import Foundation
import Testing
import ThermoElasticity

@testable import DeckAnalysis
@testable import ProgramSupport

@Suite("gcgan-solve, in process") struct SolveCommandTests {
  static let bar = """
    *NODE, NSET=ALL
    1, 0., 0., 0.
    2, 1., 0., 0.
    3, 1., 1., 0.
    4, 0., 1., 0.
    5, 0., 0., 1.
    6, 1., 0., 1.
    7, 1., 1., 1.
    8, 0., 1., 1.
    *ELEMENT, TYPE=C3D8, ELSET=E
    1, 1, 2, 3, 4, 5, 6, 7, 8
    *MATERIAL, NAME=M
    *ELASTIC
    1000., 0.
    *SOLID SECTION, ELSET=E, MATERIAL=M
    *STEP
    *STATIC
    *BOUNDARY
    1, 1, 3
    4, 1
    4, 3
    5, 1, 2
    8, 1
    *CLOAD
    2, 1, 2.5
    3, 1, 2.5
    6, 1, 2.5
    7, 1, 2.5
    *NODE PRINT, NSET=ALL
    U
    *END STEP

    """

  /// Runs a deck in a folder of its own.
  static func run(_ deck: String) throws -> (status: ProgramStatus, files: Set<String>) {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: UUID().uuidString)
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    let path = folder.appending(path: "bar.inp")
    try deck.write(to: path, atomically: true, encoding: .utf8)
    let output = folder.appending(path: "a/b")
    let status = SolveCommand(deck: path.path, outputFolder: output.path, isQuiet: true).run()
    let names = (try? files.contentsOfDirectory(atPath: output.path)) ?? []
    return (status, Set(names))
  }

  @Test func `a deck gives three files, in a folder made for them`() throws {
    let (status, files) = try Self.run(Self.bar)
    #expect(status == .success)
    #expect(files == ["bar.dat", "bar.vtu", "bar.json"])
  }

  @Test func `a bar stretches by force over stiffness`() throws {
    let deck = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).inp")
    try Self.bar.write(to: deck, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: deck) }
    let solved = try SolvedDeck(solvingDeckAt: deck.path)
    let text = String(decoding: solved.dat, as: UTF8.self)
    #expect(text.contains("\n         7  1.000000E-02 "))
    // ½ · 10 · 0.01, and a uniform stress leaves nothing to estimate.
    #expect(abs(solved.report.moments[0].strainEnergy! - 0.05) < 1e-12)
    #expect(solved.report.error!.relativeError < 1e-10)
  }

  @Test func `a wrong deck leaves nothing behind`() throws {
    let (status, files) = try Self.run(Self.bar.replacing("*ELASTIC", with: "*ELASTICK"))
    #expect(status == .badData)
    #expect(files.isEmpty)
  }

  @Test func `a body that can move leaves nothing behind`() throws {
    let (status, files) = try Self.run(Self.bar.replacing("1, 1, 3\n", with: "1, 1, 1\n"))
    #expect(status == .notEvaluated)
    #expect(files.isEmpty)
  }

  @Test func `a deck that is not there is bad data`() {
    #expect(SolveCommand(deck: "/nonexistent/x.inp", isQuiet: true).run() == .badData)
  }
}
