import Foundation
import Meshing
import Quantities
import Testing

@testable import DesignValidation

@Suite("Judgements") struct JudgementTests {
  /// Evaluates the sample part with given answers of its decks.
  private func result(
    _ text: String = PartText.good, _ answers: [String: SolvedModel]? = nil
  ) throws -> PartResult {
    let folder = try PartsFolder()
    try folder.write(text, to: "bar/part.yml")
    for deck in ["coarse.inp", "fine.inp", "finest.inp"] { try folder.write("", to: "bar/" + deck) }
    let solver = SampleSolver(answers: answers ?? ["coarse.inp": bar(), "fine.inp": bar()])
    let part = try #require(PartFolder(at: folder.path + "/bar"))
    return PartEvaluator(solver: solver).evaluate(part)
  }

  /// The sample with three stated-type meshes of 2, 8 and 32 cells and a measured stress.
  private func measured(
    _ values: [Double], uncertainty: String = "0.5 MPa", tolerance: String = ""
  ) throws -> QuantityResult {
    let text = PartText.good("uncertainty: 1 MPa", "uncertainty: \(uncertainty)")
      .replacingOccurrences(of: "    models: [fine]\n", with: "")
      .replacingOccurrences(
        of: "role: validation}", with: "role: validation}\n\(tolerance)"
      )
      .replacingOccurrences(
        of: "  - {name: fine,",
        with: "  - {name: middle, deck: finest.inp}\n  - {name: fine,")
    func model(_ stress: Double, _ cells: Int) -> SolvedModel {
      bar(stress: Array(repeating: stress, count: 6), cells: cells)
    }
    let answers = [
      "coarse.inp": model(values[0], 2), "finest.inp": model(values[1], 8),
      "fine.inp": model(values[2], 32),
    ]
    return try #require(try result(text, answers).quantities.last)
  }

  @Test func `a difference within the tolerance passes verification`() throws {
    let quantity = try result().quantities[0]
    #expect(quantity.question == .verification)
    #expect(quantity.verdict == .pass)
    #expect(quantity.readings.map(\.value) == [0.5, 0.5])
    #expect(quantity.readings[1].relativeDifference == 0)
  }

  @Test(
    "the tolerance decides at the stated model only",
    arguments: [
      (0.505, 0.0, Verdict.pass), (0.5051, 0.0, .fail), (0.494, 0.5, .fail), (0.495, 9, .pass),
    ])
  func tolerance(_ fine: Double, _ coarse: Double, _ verdict: Verdict) throws {
    func model(_ tip: Double) -> SolvedModel { bar(displacement: [0, 0, tip, 0, 0, tip]) }
    let part = try result(
      PartText.good, ["coarse.inp": model(coarse), "fine.inp": model(fine)])
    #expect(part.quantities[0].verdict == verdict)
  }

  @Test func `a result with uncertainty everywhere is judged by probability`() throws {
    // E = 0, u = √(u_num² + 0.5²), far below the 3 MPa of the tolerance.
    let near = try measured([100.4, 100.1, 100])
    #expect(near.question == .validation)
    #expect(near.verdict == .pass)
    #expect(try #require(near.passProbability) > 0.999)
    let far = try measured([110.4, 110.1, 110])
    #expect(far.verdict == .fail)
    #expect(try #require(far.passProbability) < 0.001)
    let edge = try measured([103.1, 103.05, 103])
    #expect(edge.verdict == .undecided)
    #expect(edge.advice?.contains("shrink u_D (a better measurement), now 0.5 MPa") == true)
  }

  @Test func `a blunt measurement is not capable, whatever it says`() throws {
    let blunt = try measured([100.1, 100.05, 100], uncertainty: "1.6 MPa")
    #expect(blunt.verdict == .notCapable)
    #expect(blunt.advice?.contains("shrink u_D") == true)
    // Even p = 0.03 is no failure when nothing could pass.
    let blunter = try measured([100.1, 100.05, 100], uncertainty: "80 MPa")
    #expect(try #require(blunter.passProbability) < 0.05)
    #expect(blunter.verdict == .notCapable)
    let hopeless = try measured([150.1, 150.05, 150], uncertainty: "2 MPa")
    #expect(hopeless.verdict == .fail)
  }

  @Test func `a coarse mesh is told to be refined`() throws {
    let coarse = try measured([140, 120, 104])
    #expect(coarse.verdict == .notCapable)
    #expect(coarse.advice?.contains("shrink u_num (a finer mesh)") == true)
  }

  @Test func `without three meshes or an estimate nothing is known of the mesh`() throws {
    let quantity = try result().quantities[1]
    #expect(quantity.verdict == .notCapable)
    #expect(quantity.uncertainty?.total == nil)
    #expect(quantity.advice?.contains("three meshes of CPS4") == true)
    var estimated = bar()
    estimated.steps[0].energyErrorEstimate = 0.001
    let other = try result(PartText.good, ["coarse.inp": bar(), "fine.inp": estimated])
      .quantities[1]
    #expect(other.verdict == .pass)
    #expect(other.uncertainty?.numerical == 0.1)
    #expect(other.uncertainty?.data == 1)
  }

  @Test func `calibration is never validation`() throws {
    let quantity = try result(PartText.good("role: validation", "role: calibration")).quantities[1]
    #expect(quantity.question == .calibration)
    #expect(quantity.uncertainty == nil)
    #expect(quantity.verdict == .pass)
  }

  @Test(
    "only physical references validate",
    arguments: Reference.Kind.allCases.filter { $0 != .physical })
  func verification(_ kind: Reference.Kind) throws {
    let quantity = try result(PartText.good("analytic", kind.rawValue)).quantities[0]
    #expect(quantity.question == .verification)
  }

  @Test func `limits are design checks`() throws {
    let limit = try result().limits[0]
    #expect(limit.verdict == .pass)
    #expect(limit.readings.last?.value == 100)
    let broken = try result(PartText.good("below: 355 MPa", "below: 99.9 MPa"))
    #expect(broken.limits[0].verdict == .fail)
    #expect(broken.verdict == .fail)
    let above = try result(PartText.good("below: 355 MPa", "above: 99.9 MPa")).limits[0]
    #expect(above.verdict == .pass)
  }

  @Test(arguments: [Double.nan, .infinity])
  func `no number is never a pass`(_ value: Double) throws {
    let sick = bar(
      displacement: [0, 0, value, 0, 0, value], stress: Array(repeating: value, count: 6))
    let part = try result(PartText.good, ["coarse.inp": bar(), "fine.inp": sick])
    #expect(part.verdict == .notEvaluable)
    #expect(part.quantities[0].verdict == .notEvaluable)
    #expect(part.quantities[1].verdict == .notEvaluable)
    #expect(part.limits[0].verdict == .notEvaluable)
    #expect(part.failure?.details.contains { $0.contains("is NaN or infinite") } == true)
    // And its JSON can be written.
    #expect(throws: Never.self) { try JSONEncoder().encode(part) }
  }

  @Test func `an unsound answer is not evaluable`() throws {
    var unsound = bar()
    unsound.steps[0].strainEnergy = .nan
    let part = try result(PartText.good, ["coarse.inp": bar(), "fine.inp": unsound])
    #expect(part.verdict == .notEvaluable)
    #expect(part.failure?.details == ["step 1: the strain energy is NaN or infinite"])
  }

  @Test func `a deck that cannot be solved is one failure; the others are still shown`() throws {
    let part = try result(PartText.good, ["fine.inp": bar()])
    #expect(part.verdict == .notEvaluable)
    #expect(part.failure?.kind == .notSolved)
    #expect(part.failure?.summary == "could not solve 'coarse'")
    #expect(
      part.failure?.details.first?.hasSuffix("coarse.inp:7: unknown keyword '*FREQUENZY'") == true)
    #expect(part.quantities[0].readings[1].value == 0.5)
    #expect(part.quantities[0].verdict == .pass)
  }

  @Test func `units of the deck become units of the reference`() throws {
    let inches = PartText.good("value: 0.5 mm", "value: 0.0196850393700787 in")
      .replacingOccurrences(of: "below: 355 MPa", with: "below: 14.6 ksi")
    let part = try result(inches)
    let value = try #require(part.quantities[0].readings[1].value)
    #expect(abs(value - 0.5 / 25.4) < 1e-15)
    #expect(part.limits[0].verdict == .pass)
    // 100 MPa are 14.504 ksi.
    #expect(abs(try #require(part.limits[0].readings[1].value) - 14.50377) < 1e-5)
  }

  @Test func `a temperature is shifted, a difference of temperatures is not`() throws {
    let text = PartText.good("read: displacement x", "read: temperature")
      .replacingOccurrences(of: "value: 0.5 mm", with: "value: 313.15 K")
    #expect(try result(text).quantities[0].readings[1].value == 313.15)
    let difference = PartText.good(
      "read: displacement x", "read: temperature\n    minus: {set: ROOT}"
    )
    .replacingOccurrences(of: "value: 0.5 mm", with: "value: 36 degF")
    let value = try result(difference).quantities[0].readings[1].value
    #expect(abs(try #require(value) - 36) < 1e-12)
  }

  @Test func `minus and over make derived figures`() throws {
    let text = PartText.good(
      "read: displacement x", "read: displacement x\n    minus: {node: 2}\n    over: 0.1 mm"
    ).replacingOccurrences(of: "value: 0.5 mm", with: "value: 2.5")
    let quantity = try result(text).quantities[0]
    #expect(quantity.unit == "1")
    #expect(abs(try #require(quantity.readings[1].value) - 2.5) < 1e-14)
  }

  @Test func `a bare deck that is solved soundly is undecided, for it states no limit`() throws {
    let folder = try PartsFolder()
    let deck = try folder.write("", to: "bracket.inp")
    let part = try #require(PartFolder(at: deck))
    let good = PartEvaluator(solver: SampleSolver(answers: ["bracket.inp": bar()])).evaluate(part)
    #expect(good.verdict == .undecided)
    #expect(try #require(good.questions).contains { $0.contains("states no limit") })
    #expect(good.models[0].elementTypes == "CPS4")
    let bad = PartEvaluator(solver: SampleSolver(answers: [:])).evaluate(part)
    #expect(bad.verdict == .notEvaluable)
  }

  @Test func `a bad part file is bad input with all its faults`() throws {
    let part = try result(PartText.good("title: A bar", "titel: A bar"))
    #expect(part.verdict == .notEvaluable)
    #expect(part.failure?.kind == .badInput)
    #expect(part.failure?.details.count == 2)
  }

  @Test(
    "the probability of lying inside the tolerance",
    arguments: [
      // Tables of the normal distribution: Φ(2) = 0.97725, Φ(1.96) = 0.975, Φ(3) = 0.99865.
      (0.0, 1.5, 3.0, 0.9545), (3, 1, 3, 0.5), (0, 3 / 1.96, 3, 0.95), (6, 1, 3, 0.00135),
      (-6, 1, 3, 0.00135), (0, 0, 3, 1), (3.1, 0, 3, 0), (0, 100, 3, 0.02393),
    ])
  func probability(_ error: Double, _ deviation: Double, _ tolerance: Double, _ expected: Double) {
    let p = ValidationUncertainty.probability(
      error: error, deviation: deviation, tolerance: tolerance)
    #expect(abs(p - expected) < 1e-4)
  }
}
