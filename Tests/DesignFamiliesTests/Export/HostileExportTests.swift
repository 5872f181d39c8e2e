import DesignValidation
import Foundation
import Manufacturability
import Meshing
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem

@Suite("Exports of unusual designs") struct HostileExportTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var picture: String
    var load: [Double]?
    var geometry = DesignExport.Geometry.smooth
    var warning: String?
    /// Whether the decks have an answer.
    var isSolved = true
  }

  static let cases = [
    Case(testDescription: "a full grid", picture: "######\n######\n######\n######"),
    Case(
      testDescription: "members a pixel wide",
      picture: """
        ########
        .....#.#
        .....#.#
        .....#.#
        .....#.#
        ########
        """),
    Case(testDescription: "a rod a pixel high", picture: "......\n######\n......", load: [6, 1]),
    Case(
      testDescription: "a load inside, on the corner of a single pixel",
      picture: """
        ..........
        ....######
        ##########
        #####.....
        """, load: [5, 1]),
    Case(
      testDescription: "a load at a corner of the grid",
      picture: "########\n########\n......##\n......##", load: [8, 0]),
    Case(
      testDescription: "touching all sides",
      picture: "####....\n...#####\n.......#\n########\n#.......\n#......."),
    Case(
      testDescription: "corners that touch inside one body",
      picture: """
        ########
        ###.####
        ####.###
        ########
        """),
    Case(
      testDescription: "a body that floats",
      picture: """
        ##########
        #........#
        #...##...#
        #........#
        ##########
        """, warning: "2 solid pixels bear no load"),
    Case(
      testDescription: "a chain of corners",
      picture: """
        ##......
        ##......
        ..##....
        ..##....
        ....####
        ....####
        """, load: [8, 1], geometry: .pixels, warning: "corners of pixels alone", isSolved: false),
    Case(
      testDescription: "a load on a lone pixel",
      picture: "####..\n####..\n####.#\n####..", load: [6, 1], geometry: .pixels,
      warning: "does not carry", isSolved: false),
    Case(
      testDescription: "nothing at the support", picture: "..####\n..####\n..####",
      load: [6, 1], geometry: .pixels, warning: "does not carry", isSolved: false),
  ]

  @Test("are written whole, and say what they are", arguments: cases)
  func writes(_ c: Case) throws {
    let (problem, density) = ExportSample.cantilever(c.picture, load: c.load)
    let export = try DesignExport(problem: problem, density: density)
    #expect(export.geometry == c.geometry)
    #expect(MeshCheck.findings(in: export.mesh).filter { $0.severity == .error } == [])
    if let warning = c.warning {
      #expect(export.warnings.contains { $0.contains(warning) }, "\(export.warnings)")
    } else {
      #expect(export.warnings == [])
    }
    if c.geometry == .smooth {
      let left = c.warning == nil ? 0.0 : 2
      #expect(abs(export.area - (density.reduce(0, +) - left)) <= 1e-6 * export.area)
    }
    let place = try TemporaryPlace()
    try export.write(to: place.path + "/p")
    let folder = try #require(PartFolder(at: place.path + "/p"))
    _ = try folder.readPartFile()
    let result = PartEvaluator(solver: DeckModelSolver()).evaluate(folder)
    // Of what does not carry its loads the volume and the load path are known all the same; what floats is missing from the volume.
    let isVolumeMissed = c.warning?.contains("bear no load") ?? false
    #expect(
      result.verdict == (!c.isSolved || isVolumeMissed ? .fail : .undecided),
      "\(String(describing: result.failure)) \(result.limits)")
    #expect(export.carriesLoads == c.isSolved)
    #expect((result.limits[0].verdict == .pass) == export.carriesLoads)
    for quantity in result.quantities where c.isSolved && quantity.name.hasSuffix("pixels") {
      #expect(quantity.verdict == .pass, "\(quantity.name)")
    }
  }

  @Test func `a load that acts on void, wholly or in part, is refused with the solver's words`() {
    let point = ExportSample.cantilever("####..\n####..\n####..", load: [6, 1])
    var edge = ExportSample.cantilever("######\n######\n####..\n####..")
    edge.problem.loads = [MechanicalLoad(.edge(side: .right), force: [0, -100])]
    for (problem, density) in [point, edge] {
      let fault = #expect(throws: ExportFault.self) {
        try DesignExport(problem: problem, density: density)
      }
      #expect(fault?.description.contains("acts on void only") == true)
    }
  }

  @Test func `a grid of 128x64 with a checkerboard in it`() throws {
    let size = GridSize(columns: 128, rows: 64)
    let density = (0..<size.elementCount).map { place -> Double in
      let (row, column) = (place / 128, place % 128)
      let isBoard = row > 20 && row < 40 && column > 40 && column < 80
      return isBoard && (row + column) % 2 == 0 ? 0 : 1
    }
    let problem = DesignTask(
      size: size, supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loads: [MechanicalLoad(.point(at: [128, 32]), force: [0, -100])], volumeFraction: 0.9)
    let export = try DesignExport(problem: problem, density: density)
    #expect(export.geometry == .smooth)
    #expect(MeshCheck.findings(in: export.mesh) == [])
    // Pixels of the board meet in corners alone: they fall out.
    #expect(export.warnings.contains { $0.contains("are left out") })
    let place = try TemporaryPlace()
    let smooth = try ExportSample.solve(try export.file("design.inp"), place)
    #expect(smooth.energy > 0)
  }
}
