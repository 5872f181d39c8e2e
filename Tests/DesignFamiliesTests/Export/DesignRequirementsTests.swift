import DesignValidation
import Foundation
import Manufacturability
import Meshing
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem
@testable import Files

@Suite("What a problem file asks of a part") struct DesignRequirementsTests {
  private static func file(
    terms: String, optimisation: String, extra: String = "", hasUnits: Bool = true
  ) throws -> ProblemFile {
    func value(_ number: String, _ unit: String) -> String {
      hasUnits ? number + " " + unit : number
    }
    let text = """
      gcgan: problem/1
      title: A bracket
      grid: {columns: 16, rows: 8, pixel-size: \(value("0.5", hasUnits ? "mm" : "")), thickness: \(value("2", hasUnits ? "mm" : ""))}
      solids: [{youngs-modulus: \(value("210", hasUnits ? "GPa" : "")), poissons-ratio: 0.3, conductivity: \(value("1", "W/(m*K)"))}]
      supports: [{region: {edge: left}, axes: [x, y]}]
      load-cases: [{loads: [{region: {point: [16, 4]}, force: [\(value("0", "N")), \(value("-10", "N"))]}]}]
      \(extra)
      terms: [\(terms)]
      optimisation: {\(optimisation)}

      """
    return try ProblemFile(parsing: Array(text.utf8), file: "p.yml")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var terms = "{measure: compliance}"
    var optimisation = "method: mma, volume-fraction: 0.5"
    var extra = ""
    var hasUnits = true
    var isDrawn = false
    /// Beside the volume.
    var figures: [DesignLimit.Figure] = []
    var values: [Double] = []
    var sides: [DesignLimit.Side] = []
    var warning: String?
  }

  private static let tip = GridRegion.point(at: [16, 4])
  private static func limits(_ text: String) -> String {
    "method: mma, volume-fraction: 0.5, limits: [\(text)]"
  }

  static let cases = [
    Case(testDescription: "nothing but a volume"),
    Case(
      testDescription: "a stress with its limit", terms: "{measure: stress, limit: 235 MPa}",
      figures: [.vonMisesStress], values: [235], sides: [.below]),
    Case(
      testDescription: "without units, megapascals", terms: "{measure: stress, limit: 235}",
      hasUnits: false, figures: [.vonMisesStress], values: [235], sides: [.below]),
    Case(
      testDescription: "a share of the stress limit and the limit itself",
      terms: "{measure: compliance}, {measure: stress, weight: 0, limit: 200 MPa}",
      optimisation: limits("{term: stress, at-most: 0.8}"),
      figures: [.vonMisesStress, .vonMisesStress], values: [200, 160], sides: [.below, .below]),
    Case(
      testDescription: "the same limit said twice is one",
      terms: "{measure: compliance}, {measure: stress, weight: 0, limit: 200 MPa}",
      optimisation: limits("{term: stress, at-most: 1}"), figures: [.vonMisesStress], values: [200],
      sides: [.below]),
    Case(
      testDescription: "a compliance: half of it is energy, in millijoules",
      terms: "{measure: compliance}, {measure: volume, weight: 0, target: 0.4}",
      optimisation: "method: mma, limits: [{term: compliance, at-most: 0.3 J}]",
      figures: [.strainEnergy], values: [150], sides: [.below]),
    Case(
      testDescription: "an excess over a reference compliance",
      terms: "{measure: compliance, reference: 0.2 J}",
      optimisation: limits("{term: compliance, at-most: 0.1}"), figures: [.strainEnergy],
      values: [110], sides: [.below]),
    Case(
      testDescription: "a displacement downwards",
      terms:
        "{measure: compliance}, {measure: displacement, weight: 0, region: {point: [16, 4]}, direction: [0, -2]}",
      optimisation: limits("{term: displacement, at-most: 0.1 mm}"),
      figures: [.meanDisplacement(of: tip, along: .y)], values: [-0.1], sides: [.above]),
    Case(
      testDescription: "the lengths of displacements",
      terms:
        "{measure: compliance}, {measure: displacement-norm, weight: 0, region: {point: [16, 4]}}",
      optimisation: limits("{term: displacement-norm, at-most: 0.1 mm}"),
      figures: [.displacementOver(tip)], values: [0.1], sides: [.below]),
    Case(
      testDescription: "a displacement along no axis is told",
      terms:
        "{measure: compliance}, {measure: displacement, weight: 0, region: {point: [16, 4]}, direction: [1, -2]}",
      optimisation: limits("{term: displacement, at-most: 0.1 mm}"), warning: "lies along no axis"),
    Case(
      testDescription: "a member size is told",
      terms: "{measure: compliance}, {measure: minimum-size}",
      extra: "filter: {radius: 1.5}", warning: "'minimum-size' is not checked"),
    Case(
      testDescription: "a member size without a length of its own is told",
      terms: "{measure: compliance}, {measure: minimum-size, weight: 0}",
      optimisation: limits("{term: minimum-size, at-most: 0.001}"), extra: "filter: {radius: 1.5}",
      warning: "give the term a 'radius'"),
    Case(
      testDescription: "no filter is told", warning: "add 'filter: {radius: 1.5}'"),
    Case(
      testDescription: "a drawing aims at stiffness alone",
      terms: "{measure: compliance}, {measure: stress, limit: 235 MPa}",
      extra: "filter: {radius: 1.5}",
      isDrawn: true, figures: [.vonMisesStress], values: [235], sides: [.below],
      warning: "not at term 'stress'"),
    Case(
      testDescription: "a drawing has no use for a filter", extra: "filter: {radius: 1.5}",
      isDrawn: true, warning: "'filter' of the problem: kept in problem.yml, not used in drawing"),
  ]

  @Test("becomes limits or warnings, never nothing", arguments: cases)
  func requirements(_ c: Case) throws {
    let file = try Self.file(
      terms: c.terms, optimisation: c.optimisation, extra: c.extra, hasUnits: c.hasUnits)
    let found = DesignRequirements(file, isDrawn: c.isDrawn)
    let limits = found.limits.filter { $0.figure != .volume }
    #expect(limits.map(\.figure) == c.figures)
    #expect(limits.map(\.side) == c.sides)
    #expect(zip(limits.map(\.value), c.values).allSatisfy { abs($0 - $1) <= 1e-12 * abs($1) })
    #expect((found.advice == nil) == !c.figures.isEmpty)
    if let warning = c.warning {
      #expect(found.warnings.contains { $0.contains(warning) }, "\(found.warnings)")
    }
  }

  /// 128 pixels of half a cubic millimetre; a half of them is 32 mm³.
  @Test func `the volume is met to half a pixel, or not exceeded`() throws {
    let limit = DesignRequirements(
      try Self.file(
        terms: "{measure: compliance}", optimisation: "method: mma, volume-fraction: 0.5"),
      isDrawn: false
    ).limits
    #expect(limit.map(\.side) == [.below])
    #expect(abs(limit[0].value - 32.25) < 1e-4)
    let exact = DesignRequirements(
      try Self.file(
        terms: "{measure: compliance}", optimisation: "method: oc, volume-fraction: 0.5"),
      isDrawn: false
    ).limits
    #expect(exact.map(\.side) == [.below, .above])
    #expect(abs(exact[1].value - (0.98 * 32 - 0.25)) < 1e-4)
  }

  @Test func `the part has the limits, and the problem file stays what it was`() throws {
    let file = try Self.file(
      terms: "{measure: compliance}, {measure: stress, weight: 0.5, limit: 1 MPa, exponent: 12}, "
        + "{measure: displacement-norm, weight: 0, region: {edge: right}}",
      optimisation: Self.limits("{term: displacement-norm, at-most: 1 mm}"),
      extra: "filter: {radius: 2.5}")
    let problem = try DesignTask(file)
    var density = [Double](repeating: 1, count: 128)
    for place in 0..<32 { density[place] = 0 }
    let export = try DesignExport(
      problem: problem, density: density, requirements: DesignRequirements(file, isDrawn: true))
    let place = try TemporaryPlace()
    try export.write(to: place.path + "/p")
    let written = try ProblemFile(contentsOf: place.path + "/p/problem.yml")
    #expect(written == file)
    let folder = try #require(PartFolder(at: place.path + "/p"))
    let result = PartEvaluator(solver: DeckModelSolver()).evaluate(folder)
    #expect(result.title == "A bracket")
    let stress = try #require(result.limits.first { $0.read == "stress von-mises" })
    // 10 N at 8 mm on a section of 2 mm × 3 mm bend with 27 MPa.
    #expect(stress.verdict == .fail)
    #expect(stress.source.contains("'limit' of term 'stress'"))
    #expect(stress.readings[0].location?.hasPrefix("node ") == true)
    let displacement = try #require(result.limits.first { $0.read == "displacement magnitude" })
    #expect(displacement.verdict == .pass)
    #expect(result.verdict == .fail)
    // The two rows of void at the right side have nodes of the region too.
    #expect(result.warnings?.contains { $0.contains("7 of the 9 nodes of its region") } == true)
  }

  @Test func `stresses are left out at loads and ends of supports, not along a clamped edge`()
    throws
  {
    let (problem, density) = ExportSample.cantilever("########\n########\n########\n########")
    let export = try DesignExport(problem: problem, density: density)
    let mesh = export.pixels.mesh
    let singular = export.pixels.singularNodes.map { mesh.nodes[$0] }
    #expect(Set(singular.map { [$0.x, $0.y] }) == [[8, 2], [0, 0], [0, 4]])
  }

  /// Random pixels, joined and filled to the volume as drawings of an untrained network are.
  @Test("noise made into a part does not pass what its family asks for", arguments: [1, 2, 3])
  func noise(_ seed: UInt64) throws {
    let sampler = PartProblems(size: GridSize(columns: 32, rows: 32))
    let problems = try (0..<4).map { try sampler.problem($0, seed: seed) }
    let references = try ReferenceSearch().references(for: problems)
    let place = try TemporaryPlace()
    var judgedCount = 0
    for (number, (problem, reference)) in zip(problems, references).enumerated() {
      guard let reference = try? reference.get() else { continue }
      var task = problem
      task.limits = task.limits(judgedBy: reference)
      var random = SeededGenerator(seed: seed, stream: UInt64(number))
      let density = (0..<problem.size.elementCount).map { _ in random.nextUnit() }
      guard
        let export = try? DesignExport(
          problem: task, density: FinishedDesign(density, for: problem).density,
          provenance: DesignProvenance(program: "a test"))
      else { continue }
      try export.write(to: place.path + "/\(number)")
      let folder = try #require(PartFolder(at: place.path + "/\(number)"))
      let result = PartEvaluator(solver: DeckModelSolver()).evaluate(folder)
      #expect(result.verdict != .pass && result.verdict != .undecided, "\(result.verdict)")
      judgedCount += 1
    }
    #expect(judgedCount > 0)
  }

  @Test func `a reference passes what its family asks for`() throws {
    let place = try TemporaryPlace()
    let samples = try ExportSample.references(4, size: "32x32")
    #expect(samples.count > 1)
    for (number, (problem, reference)) in samples.enumerated() {
      var task = problem
      task.limits = task.limits(judgedBy: reference)
      try DesignExport(
        problem: task, density: reference.design.density,
        provenance: DesignProvenance(program: "a test")
      ).write(to: place.path + "/\(number)")
      let folder = try #require(PartFolder(at: place.path + "/\(number)"))
      let result = PartEvaluator(solver: DeckModelSolver()).evaluate(folder)
      #expect(result.verdict == .pass, "\(problem.caseName) \(result.limits)")
    }
  }
}
