import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Every line of what can be wrong with terms and with designs.
@Suite("Faults of terms and designs") struct TermFaultTests {
  typealias Case = ProblemFaultTests.Case

  /// A case whose only term is the given one.
  static func of(_ measure: Measure, _ place: String, _ words: String) -> Case {
    Case("terms[0]" + (place.isEmpty ? "" : "." + place), words) { $0.terms = [Term(measure)] }
  }
  static let cold: @Sendable (inout ManufacturabilityProblem) -> Void = {
    ($0.heat, $0.temperatureChange) = (nil, 0)
  }

  static let terms: [Case] = [
    Case("terms", "nothing is measured") { $0.terms = [] },
    Case("terms[2].weight", "the weight -0.5 is negative") { $0.terms[2].weight = -0.5 },
    Case("terms[0].weight", "the weight nan is negative") { $0.terms[0].weight = .nan },
    Case("terms[1].name", "two terms are called 'compliance'; name one of them") {
      $0.terms[1].name = "compliance"
    },
    Case("terms[1]", "'effective-stiffness' is of a periodic cell, other terms are of a structure")
    {
      $0.terms = [Term(.compliance()), Term(.effectiveStiffness(row: 0, column: 0))]
    },
    Case("terms[0]", "the problem has no load case to measure it in") { $0.loadCases = [] },
    of(.compliance(cases: ["side"]), "cases", "there is no load case 'side'; there are tip, top"),
    of(.compliance(cases: []), "cases", "the list is empty"),
    of(.compliance(reference: -3), "reference", "-3.0 is not positive"),
    of(.stress(Aggregate(exponent: 0.9)), "exponent", "0.9 is not within 1…1000: no norm"),
    of(.stress(Aggregate(relaxation: -1)), "relaxation", "-1.0 is not within 0…8"),
    of(.stress(Aggregate(limit: 0)), "limit", "0.0 is not positive"),
    of(.stress(Aggregate(function: .ks)), "limit", "'ks' needs a stress to measure by"),
    of(.stress(Aggregate(away: -1)), "away", "-1.0 is negative"),
    of(
      .stress(Aggregate(away: 40), cases: ["tip"]), "away",
      "no element is left: all are nearer than 40 to an end of a support or a load at a point of load case 'tip'; make it less"
    ),
    of(.thermalStress(Aggregate(away: 4000)), "away", "no element is left"),
    of(.thermalStress(Aggregate(exponent: .nan)), "exponent", "nan is not within 1…1000"),
    of(
      .displacement(region: ProblemFaultTests.nowhere, direction: [1, 0]), "region",
      "there is nothing of the grid in it"),
    of(
      .displacement(region: .edge(side: .top), direction: [0, 0]), "direction",
      "[0.0, 0.0] is no direction of the grid"),
    of(
      .displacement(region: .edge(side: .top), direction: [1]), "direction", "is no direction"),
    of(
      .displacementNorm(region: .edge(side: .top), exponent: 0), "exponent", "no norm"),
    of(.temperature(exponent: 0.5), "exponent", "no norm"),
    of(.thermalDistortion(region: ProblemFaultTests.nowhere), "region", "nothing of the grid"),
    of(.warpage(side: .front), "side", "a plane grid has no side 'front'"),
    Case("terms[0].side", "a side of two nodes cannot bend") {
      $0 = SampleProblem.structure(columns: 1, rows: 8)
      $0.terms = [Term(.warpage(side: .top))]
    },
    Case("terms[0]", "the problem has no heat; give sources, and sinks or films") {
      $0.heat = nil
      $0.terms = [Term(.temperature())]
    },
    of(.volume(target: 0), "target", "0.0 is no volume fraction; above 0, up to 1"),
    of(.volume(target: 1.1), "target", "1.1 is no volume fraction"),
    Case("terms[0].target", "0.25 cannot be reached: passive solid alone is 0.5") {
      $0.passive = [PassiveRegion(.box(lower: [0, 0], upper: [6, 8]), .solid)]
      $0.terms = [Term(.volume(target: 0.25))]
    },
    Case("terms[0].target", "0.75 cannot be reached: passive void leaves 0.5") {
      $0.passive = [PassiveRegion(.box(lower: [0, 0], upper: [6, 8]), .void)]
      $0.terms = [Term(.volume(target: 0.75))]
    },
    of(
      .minimumSize(MinimumSize(erosion: 0.25, dilation: 0.75)), "erosion", "thresholds must rise"),
    of(.minimumSize(MinimumSize(decay: -1)), "decay", "-1.0 is negative"),
    of(.overhang(upwards: .back), "upwards", "a plane grid has no side 'back'"),
    of(.connectivity(sweeps: 0), "sweeps", "0 is not within 1…1024"),
    Case("terms[0]", "the problem has no support, sink or film for material to hang on") {
      cold(&$0)
      $0.supports = []
      $0.terms = [Term(.connectivity())]
    },
    of(.effectiveStiffness(row: 3, column: 0), "row", "there is no component 4; 1 to 3"),
    of(.effectiveStiffness(row: 0, column: -1), "column", "there is no component 0; 1 to 3"),
    of(.effectiveStiffness(row: 0, column: 0, target: .nan), "target", "it is not finite"),
    of(.effectiveConductivity(row: 2, column: 0), "row", "there is no component 3; 1 to 2"),
    of(.effectiveConductivity(row: 0, column: 2), "column", "there is no component 3"),
    of(.effectiveConductivity(row: 0, column: 0, target: .infinity), "target", "it is not finite"),
    of(.effectiveExpansion(row: 3), "row", "there is no component 4"),
    of(.effectiveExpansion(row: 0, target: .nan), "target", "it is not finite"),
    Case("grid.columns", "a grid has 3 to 4096 where it is periodic") {
      $0.grid.columns = 2
      $0.terms = [Term(.effectiveExpansion(row: 0))]
    },
  ]
  static let unwarmed: [Case] = [
    Measure.thermalStress(), .thermalDistortion(region: .edge(side: .top)), .warpage(side: .top),
  ].map { measure in
    Case("terms[0]", "nothing warms the structure; give heat, or a change of temperature") {
      cold(&$0)
      $0.terms = [Term(measure)]
    }
  }

  @Test("of terms are named with their place", arguments: terms + unwarmed)
  func named(_ c: Case) throws {
    var problem = SampleProblem.structure()
    c.change(&problem)
    let faults = problem.faults()
    #expect(
      faults.contains { $0.place == c.place && $0.description.contains(c.words) },
      "\(faults.map(\.description))")
    #expect(throws: ProblemFaults(faults)) { try ManufacturabilityLoss(of: problem) }
  }

  /// What is refused is refused before any system is solved: a fault, and no solve that could have cost anything.
  @Test func `designs are refused with the place of the first wrong density`() throws {
    let plane = try ManufacturabilityLoss(of: SampleProblem.structure())
    var design = SampleProblem.densities(plane.problem)
    design[12 * 2 + 5] = -0.25
    #expect(throws: DesignFault.notADensity(value: -0.25, image: 0, row: 2, column: 5, layer: nil))
    {
      try plane.valueWithGradient(at: design)
    }
    let two = try ManufacturabilityLoss(of: SampleProblem.cell())
    var mixed = SampleProblem.densities(two.problem)
    mixed[48 + 9] = 2
    let fault = DesignFault.notADensity(value: 2, image: 1, row: 1, column: 1, layer: nil)
    #expect(throws: fault) { try two.valueWithGradient(at: mixed) }
    #expect(
      fault.description
        == "2.0 at row 1, column 1 of the share of the second solid is not within 0…1")
    let block = try ManufacturabilityLoss(of: SampleProblem.block(4))
    var voxels = SampleProblem.densities(block.problem)
    voxels[2 * 12 + 4 + 3] = .infinity
    let inSpace = DesignFault.notADensity(value: .infinity, image: 0, row: 1, column: 3, layer: 2)
    #expect(throws: inSpace) { try block.valueWithGradient(at: voxels) }
    #expect(inSpace.description == "inf at layer 2, row 1, column 3 is not within 0…1")
    #expect(throws: DesignFault.wrongCount(found: 95, expected: 96)) {
      try plane.valueWithGradient(at: Array(repeating: 0.5, count: 95))
    }
    #expect(
      DesignFault.wrongCount(found: 95, expected: 96).description
        == "the design has 95 values, and the problem's grid needs 96")
  }

  @Test func `a load on void is named with its case`() throws {
    var problem = SampleProblem.structure()
    problem.filter = nil
    let loss = try ManufacturabilityLoss(of: problem)
    // Void at the tip (12, 4): the elements of rows 3 and 4 in the last column.
    var design = [Double](repeating: 1, count: 96)
    (design[3 * 12 + 11], design[4 * 12 + 11]) = (0, 0)
    let fault = DesignFault.loadOnVoid(loadCase: "tip", load: 0)
    #expect(throws: fault) { try loss.valueWithGradient(at: design) }
    #expect(
      fault.description
        == "load 0 of load case 'tip' acts on void only: put material at its nodes, or move it")
    design[3 * 12 + 11] = 0.01
    #expect(try loss.valueWithGradient(at: design).value.isFinite)
    // Void along the whole top: the other case.
    for column in 0..<12 { design[column] = 0 }
    #expect(throws: DesignFault.loadOnVoid(loadCase: "top", load: 0)) {
      try loss.valueWithGradient(at: design)
    }
  }
}
