import DesignValidation
import Foundation
import Manufacturability
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem

/// What a task limits and what `gcgan-validate` reads of the exported part.
@Suite("The gate reads what the loss holds") struct GateTests {
  static let size = GridSize(columns: 24, rows: 16)
  /// Solid but for a hole and a notch at the top, thick everywhere.
  static let design: [Double] = (0..<size.elementCount).map { element in
    let (row, column) = (element / size.columns, element % size.columns)
    let isHole = (5..<11).contains(row) && (6..<14).contains(column)
    return isHole || (row < 3 && (17..<20).contains(column)) ? 0 : 1
  }
  static let right = GridRegion.box(lower: [24, 4], upper: [24, 12])

  /// A plate held at its left and pulled, pushed and warmed at its right.
  static func task(_ measure: Measure, heat: HeatConduction? = nil, change: Double = 0)
    -> DesignTask
  {
    DesignTask(
      ManufacturabilityProblem(
        grid: DesignGrid(columns: size.columns, rows: size.rows, pixelSize: 0.5, thickness: 2),
        solids: [
          SolidPhase(
            youngsModulus: 70_000, poissonsRatio: 0.3, conductivity: 0.2, expansion: 2e-5)
        ],
        supports: [Support(.edge(side: .left), axes: [.x, .y])],
        loadCases: [
          LoadCase(
            name: "bending", loads: [MechanicalLoad(.point(at: [24, 8]), force: [0, -50])],
            isWarm: false, weight: 2),
          LoadCase(
            name: "pull",
            loads: [
              MechanicalLoad(.edge(side: .right), force: [120, 10], sharing: .uniform),
              MechanicalLoad(.point(at: [12, 16]), force: [3, 4]),
            ], isWarm: true, weight: 0.5),
        ],
        heat: heat, temperatureChange: change,
        terms: [
          Term(.compliance(cases: ["bending"])), Term(measure, weight: 0, name: "measured"),
        ]),
      volumeFraction: design.reduce(0, +) / Double(size.elementCount))
  }

  static let conduction = HeatConduction(
    sources: [.init(.box(lower: [22, 6], upper: [24, 10]), power: 3)],
    sinks: [.init(.edge(side: .left), temperature: 290)], stressFreeTemperature: 280)

  /// The same, cooled at its top too, where the notch is.
  static let convection = HeatConduction(
    sources: conduction.sources, sinks: conduction.sinks,
    films: [
      .init(.box(lower: [0, 16], upper: [10, 16]), coefficient: 0.002, ambient: 285),
      .init(.box(lower: [10, 16], upper: [24, 16]), coefficient: 0.001, ambient: 270),
    ], stressFreeTemperature: 280)

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let task: DesignTask

    init(_ name: String, _ task: DesignTask) { (testDescription, self.task) = (name, task) }
  }

  static let cases = [
    Case("compliance of two load cases by their weights", task(.compliance())),
    Case("compliance of one of them", task(.compliance(cases: ["pull"]))),
    Case("the excess over a compliance", task(.compliance(reference: 0.01, cases: ["bending"]))),
    Case("compliance of a warm case and a cold one", task(.compliance(), change: 25)),
    Case("compliance of a heated case", task(.compliance(cases: ["pull"]), heat: conduction)),
    Case("stress in both load cases", task(.stress(Aggregate(exponent: 6)))),
    Case("a share of a stress", task(.stress(Aggregate(exponent: 9, limit: 80), cases: ["pull"]))),
    Case("stress of a warm case and a cold one", task(.stress(), change: 40)),
    Case("stress of a heated case", task(.stress(cases: ["pull"]), heat: conduction)),
    Case("stress under the temperatures alone", task(.thermalStress(), change: 40)),
    Case(
      "stress under the temperatures of conduction alone",
      task(.thermalStress(Aggregate(limit: 100)), heat: conduction, change: 15)),
    Case(
      "a displacement backwards, added over load cases",
      task(.displacement(region: right, direction: [0, -3]))),
    Case(
      "the norm of displacements in two load cases",
      task(.displacementNorm(region: right, exponent: 5))),
    Case("thermal distortion", task(.thermalDistortion(region: right), change: -30)),
    Case(
      "thermal distortion by conduction", task(.thermalDistortion(region: right), heat: conduction)
    ),
    Case("temperatures", task(.temperature(exponent: 7), heat: conduction)),
    Case("temperatures under films", task(.temperature(), heat: convection)),
    Case(
      "thermal distortion under films", task(.thermalDistortion(region: right), heat: convection)),
    Case("stress of a case warmed under films", task(.stress(cases: ["pull"]), heat: convection)),
    Case(
      "what members lack to a minimum size", task(.minimumSize(MinimumSize(radius: 2.5)))),
    Case(
      "the same by other thresholds",
      task(.minimumSize(MinimumSize(erosion: 0.9, dilation: 0.15, decay: 20, radius: 3)))),
    Case("stress away from singular points", task(.stress(Aggregate(away: 3)))),
    Case(
      "stress under the temperatures alone away from singular points",
      task(.thermalStress(Aggregate(away: 2)), change: 40)),
    Case("warpage of a side, in a matrix", task(.warpage(side: .right), change: -40).inMatrix),
    Case(
      "stress of a region, in a matrix",
      task(
        .thermalStress(Aggregate(region: .box(lower: [2, 2], upper: [7, 9]))), change: 40
      ).inMatrix),
    Case("stress in both load cases, in a matrix", task(.stress(), change: 40).inMatrix),
    Case("temperatures under films, in a matrix", task(.temperature(), heat: convection).inMatrix),
    Case(
      "stress that conduction does not change", task(.stress(), heat: idle, change: 40).inMatrix),
  ]

  /// Temperatures that strain nothing.
  static var idle: HeatConduction {
    var heat = convection
    heat.deforms = false
    return heat
  }

  /// The part of the design, with its limit at a share of the value that the solver of images finds.
  private static func judged(_ task: DesignTask, limitAt share: Double) throws -> (
    reading: Double, expected: Double, verdict: Verdict, excess: Double
  ) {
    var task = task
    let solid = SolidDesign(size: size, thresholding: design)
    let value = try #require(DesignQuality.valuesOfJoined([solid], for: [task])[0])[1]
    let bound = value + (share - 1) * abs(value)
    task.limits = [TaskLimit("measured", .value(bound), reason: "a test")]
    let export = try DesignExport(problem: task, density: design)
    #expect(export.warnings == [] || (task.isBonded && export.warnings.count == 1))
    let place = try TemporaryPlace()
    try export.write(to: place.path + "/part")
    let part = try #require(PartFolder(at: place.path + "/part"))
    let result = PartEvaluator(solver: DeckModelSolver()).evaluate(part)
    let limit = try #require(
      result.limits.first { $0.source == "a test" }, "\(String(describing: result.failure))")
    let reading = try #require(limit.readings.first?.value, "\(limit)")
    #expect(result.quantities.allSatisfy { $0.verdict == .pass })
    let quality = try DesignQuality.strictly([solid], for: [task], references: [1])[0]
    return (
      reading / limit.limit, value / bound, result.verdict, quality.limitExcesses[0]
    )
  }

  @Test("to a millionth, and passes and fails by it", arguments: cases)
  func reads(_ c: Case) throws {
    let kept = try Self.judged(c.task, limitAt: 1.01)
    let broken = try Self.judged(c.task, limitAt: 0.99)
    // An excess over a reference has the reference added on both sides.
    if case .compliance(_?, _) = c.task.stated.terms[1].measure {
      #expect(kept.reading < 1 && broken.reading > 1)
    } else {
      #expect(abs(kept.reading / kept.expected - 1) <= 1e-6)
      #expect(abs(broken.reading / broken.expected - 1) <= 1e-6)
    }
    // A size is nothing that a part stands: a limit on it alone leaves the part undecided.
    let isSize = c.task.stated.terms[1].measure.name == "minimum-size"
    #expect(kept.verdict == (isSize ? .undecided : .pass) && kept.excess < 0)
    #expect(broken.verdict == .fail && broken.excess > 0)
  }

  @Test(
    "a limit that no part reads is told",
    arguments: [
      (Measure.warpage(side: .right), "no part reads 'warpage'"),
      (.stress(Aggregate(function: .ks, limit: 80)), "take 'p-norm'"),
      (.displacement(region: right, direction: [1, 1]), "lies along no axis"),
    ])
  func notRead(_ measure: Measure, _ reason: String) throws {
    var task = Self.task(measure, change: 10)
    task.limits = [TaskLimit("measured", .value(1), reason: "a test")]
    let export = try DesignExport(problem: task, density: Self.design)
    #expect(export.gateLimits.isEmpty && export.warnings.count == 1)
    #expect(export.warnings[0].hasPrefix("the limit on term 'measured' is not checked: "))
    #expect(export.warnings[0].contains(reason))
  }
}

extension DesignTask {
  /// The task in a matrix, with an inlay of a third solid.
  fileprivate var inMatrix: DesignTask {
    var task = self
    task.stated.matrix = SolidPhase(
      youngsModulus: 9_000, poissonsRatio: 0.2, conductivity: 0.05, expansion: 1e-5)
    task.stated.passive = [
      PassiveRegion(
        .box(lower: [1, 1], upper: [5, 4]), .solid,
        madeOf: SolidPhase(
          youngsModulus: 130_000, poissonsRatio: 0.25, conductivity: 0.1, expansion: 3e-6))
    ]
    return task
  }
}
