import Testing

@testable import DesignProblem
@testable import Files

@Suite("Problem files with a matrix") struct MatrixFileTests {
  static let good = """
    gcgan: problem/1
    grid: {columns: 8, rows: 6, pixel-size: 0.1 mm, thickness: 1 mm}
    solids: [{youngs-modulus: 117 GPa, poissons-ratio: 0.34, conductivity: 390 W/(m*K), expansion: 17e-6 1/K}]
    matrix: {youngs-modulus: 20 GPa, poissons-ratio: 0.3, conductivity: 0.8 W/(m*K), expansion: 12e-6 1/K}
    passive:
      - region: {box: [[2, 2], [6, 4]]}
        filling: solid
        made-of: {youngs-modulus: 130 GPa, poissons-ratio: 0.28, conductivity: 130 W/(m*K), expansion: 2.6e-6 1/K}
    supports: [{region: {point: [0, 0]}, axes: [x, y]}, {region: {point: [8, 0]}, axes: [y]}]
    heat:
      sources: [{region: {box: [[2, 2], [6, 2]]}, power: 1 W}]
      films: [{region: {edge: top}, coefficient: 3000 W/(m^2*K), ambient: 25 degC}]
      stress-free-temperature: 25 degC
      deforms: false
    temperature-change: -192 K
    terms:
      - {measure: temperature}
      - {measure: thermal-stress, region: {box: [[2, 2], [4, 4]]}, away: 1}

    """

  private func faults(_ passage: String, _ replacement: String) -> [String] {
    let text = Self.good.replacing(passage, with: replacement)
    do {
      _ = try ProblemFile(parsing: Array(text.utf8), file: "p.yml")
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  @Test func `a matrix, solids of passive regions and a stress of a region are read and written`()
    throws
  {
    let file = try ProblemFile(parsing: Array(Self.good.utf8), file: "p.yml")
    let problem = file.problem
    #expect(
      problem.matrix
        == SolidPhase(
          youngsModulus: 20e9, poissonsRatio: 0.3, conductivity: 0.8, expansion: 12e-6))
    #expect(problem.passive[0].madeOf?.youngsModulus == 130e9)
    #expect(problem.heat?.deforms == false)
    #expect(
      problem.terms[1].measure
        == .thermalStress(Aggregate(away: 1, region: .box(lower: [2, 2], upper: [4, 4]))))
    let again = try ProblemFile(parsing: Array(file.text.utf8), file: "p.yml")
    #expect(again == file)
  }

  struct Bad: Sendable {
    let passage, replacement, line, reason: String
  }

  static let bad = [
    Bad(
      passage:
        "matrix: {youngs-modulus: 20 GPa, poissons-ratio: 0.3, conductivity: 0.8 W/(m*K), expansion: 12e-6 1/K}",
      replacement:
        "matrix: {youngs-modulus: 117 GPa, poissons-ratio: 0.34, conductivity: 390 W/(m*K), expansion: 17e-6 1/K}",
      line: "p.yml:4", reason: "has the constants of the solid"),
    Bad(
      passage: "matrix: {youngs-modulus: 20 GPa", replacement: "matrix: {youngs-modulus: -20 GPa",
      line: "p.yml:4", reason: "is not positive"),
    Bad(
      passage: "matrix: {youngs-modulus: 20 GPa",
      replacement: "matrix: {index: 2, youngs-modulus: 20 GPa",
      line: "p.yml:4", reason: "index"),
    Bad(
      passage: "poissons-ratio: 0.3, conductivity: 0.8 W/(m*K)", replacement: "poissons-ratio: 0.3",
      line: "p.yml:4", reason: "conductivity"),
    Bad(
      passage: "filling: solid", replacement: "filling: void", line: "p.yml:8",
      reason: "void is made of nothing"),
    Bad(
      passage: "poissons-ratio: 0.28", replacement: "poissons-ratio: 0.5", line: "p.yml:8",
      reason: "not between -1 and 0.5"),
    Bad(
      passage: "passive:\n",
      replacement: "passive:\n  - {region: {box: [[5, 3], [7, 4]]}, filling: solid}\n",
      line: "p.yml:7", reason: "made of another solid"),
    Bad(
      passage: "region: {box: [[2, 2], [4, 4]]}", replacement: "region: {box: [[20, 2], [40, 4]]}",
      line: "p.yml:18", reason: "nothing of the grid in it"),
    Bad(
      passage: "away: 1", replacement: "away: 40", line: "p.yml:18", reason: "no element is left"),
    Bad(
      passage: "deforms: false", replacement: "deforms: perhaps", line: "p.yml:14",
      reason: "deforms"),
    Bad(
      passage: "temperature-change: -192 K\n", replacement: "", line: "p.yml:17",
      reason: "nothing warms the structure"),
  ]

  @Test(arguments: bad)
  func `what is wrong is told with its line`(_ c: Bad) {
    let faults = faults(c.passage, c.replacement)
    #expect(
      faults.contains { $0.hasPrefix(c.line) && $0.contains(c.reason) }, "\(faults)")
  }
}
