import Foundation
import Quantities
import Testing

@testable import DesignValidation

/// Three meshes held against the recovery estimate and the other element types of the part.
@Suite("Convergence held against what else is known") struct HeldStudyTests {
  private struct Ladder {
    var type: String
    var values: [Double]
    var estimate: Double?
    var isQuadratic = false
  }

  /// Figures of ladders of meshes, each mesh half as coarse as the one before.
  private func figures(_ read: String, _ ladders: Ladder...) throws -> FigureReadings {
    let observable = try #require(Observable(read))
    var figures = FigureReadings(
      reading: PartReading(
        observable: observable, place: .max, minus: nil, over: nil, step: nil),
      models: nil, unit: .one)
    for ladder in ladders {
      for (index, value) in ladder.values.enumerated() {
        var result = ReadingResult(
          model: "\(ladder.type) \(index)", isStated: false, verdict: .notEvaluable)
        result.value = value
        figures.entries.append(
          .init(
            result: result, elementType: ladder.type, cellSize: pow(0.5, Double(index)),
            isQuadratic: ladder.isQuadratic, energyErrorEstimate: ladder.estimate))
      }
    }
    return figures
  }

  /// Errors of 0.16, 0.04 and 0.01 of a value of 10: order 2, index 0.016.
  private static let second = [10.16, 10.04, 10.01]

  @Test(
    "the theory of a figure is that of its kind and of the degree of the cells",
    arguments: [
      ("displacement x", false, 2.0, 2.0), ("displacement x", true, 3, 4),
      ("temperature", true, 3, 4), ("stress xx", false, 1, 1), ("stress von-mises", true, 2, 2),
      ("strain xy", true, 2, 2), ("strain-energy", false, 2, 2), ("strain-energy", true, 4, 4),
      ("reaction x", false, 1, 2), ("heat-flow", true, 2, 4),
    ])
  func theory(_ read: String, _ isQuadratic: Bool, _ lowest: Double, _ highest: Double) throws {
    let theory = ConvergenceTheory(of: try #require(Observable(read)), isQuadratic: isQuadratic)
    #expect(theory.lowest == lowest)
    #expect(theory.highest == highest)
  }

  @Test(
    "a recovery estimate that is larger than the index replaces it",
    arguments: [
      // A stress is wrong by the share of the energy norm, a displacement by its square.
      ("stress xx", 0.05, 0.5005), ("displacement x", 0.05, 0.025025),
      ("strain-energy", 0.05, 0.025025),
    ])
  func recovery(_ read: String, _ estimate: Double, _ index: Double) throws {
    let isStress = read == "stress xx"
    // Linear stresses have order 1, here on errors of 0.04, 0.02, 0.01.
    let values = isStress ? [10.04, 10.02, 10.01] : Self.second
    let held = try figures(read, Ladder(type: "CPS4", values: values, estimate: estimate))
      .convergence()[0]
    #expect(held.basis == .recoveryEstimate)
    #expect(abs(held.gridConvergenceIndex - index) < 1e-12)
    #expect(held.warning?.contains("recovery estimate") == true)
    let small = try figures(read, Ladder(type: "CPS4", values: values, estimate: 1e-4))
      .convergence()[0]
    #expect(small.basis == .extrapolation)
    #expect(small.warning == nil)
  }

  @Test func `temperatures are not held against an estimate of the elastic energy`() throws {
    let held = try figures(
      "temperature", Ladder(type: "CPS4", values: Self.second, estimate: 0.9)
    ).convergence()[0]
    #expect(held.basis == .extrapolation)
  }

  @Test func `round-off is not held against an estimate, which is a ratio of round-off too`() throws
  {
    let held = try figures(
      "stress xx", Ladder(type: "CPS4", values: [10, 10, 10], estimate: 0.9)
    ).convergence()[0]
    #expect(held.basis == .roundOff)
  }

  @Test func `of two bands that do not overlap the one of the better mesh is kept`() throws {
    let studies = try figures(
      "displacement x", Ladder(type: "CPS4", values: Self.second, estimate: 0.01),
      Ladder(type: "CPS8", values: [9.532, 9.504, 9.5], estimate: 0.001, isQuadratic: true)
    ).convergence()
    // The far end of the band of CPS8 is 0.51 and its own index away.
    #expect(studies[0].basis == .otherElementType)
    #expect(studies[0].widenedBy == "CPS8")
    #expect(
      abs(studies[0].gridConvergenceIndex - (0.51 + studies[1].gridConvergenceIndex)) < 1e-12)
    #expect(studies[0].warning?.contains("CPS8 disagrees") == true)
    #expect(studies[1].basis == .extrapolation)
  }

  @Test func `where no estimate tells two bands apart both are widened`() throws {
    let studies = try figures(
      "temperature", Ladder(type: "CPS4", values: Self.second),
      Ladder(type: "CPS3", values: Self.second.map { $0 - 1 })
    ).convergence()
    for study in studies {
      #expect(study.basis == .otherElementType)
      // The bands are 1 apart and 0.016 wide.
      #expect(abs(study.gridConvergenceIndex - 1.016) < 1e-9)
    }
  }

  @Test func `a single mesh of another type counts unless its estimate is the larger one`() throws {
    func held(_ estimate: Double?) throws -> MeshConvergence {
      try figures(
        "displacement x", Ladder(type: "CPS4", values: Self.second, estimate: 0.01),
        Ladder(type: "CPS8", values: [9.5], estimate: estimate, isQuadratic: true)
      ).convergence()[0]
    }
    #expect(abs(try held(0.001).gridConvergenceIndex - 0.51) < 1e-12)
    #expect(try held(0.1).basis == .extrapolation)
    #expect(try held(nil).basis == .extrapolation)
  }

  @Test func `axisymmetric cells keep the error of their wedge on every mesh`() throws {
    func index(_ type: String, _ read: String, isQuadratic: Bool) throws -> Double {
      try figures(
        read,
        Ladder(
          type: type, values: [1 + 1.6e-6, 1 + 4e-7, 1 + 1e-7].map { 10 * $0 }, estimate: nil,
          isQuadratic: isQuadratic)
      ).convergence()[0].gridConvergenceIndex
    }
    // 1 − cos 1° = 1.523e-4 of the radius, sin² 1° = 3.046e-4 of a stress.
    #expect(try index("CPS4", "displacement x", isQuadratic: false) < 2e-6)
    #expect(try index("CAX4", "displacement x", isQuadratic: false) > 1.52e-3)
    #expect(try index("CAX8", "stress xx", isQuadratic: true) > 3.04e-3)
    #expect(
      try index("CAX8", "displacement x", isQuadratic: true)
        == index("CPS8", "displacement x", isQuadratic: true))
  }

  @Test func `a coarser mesh is farther off by its distance to the finest`() throws {
    let figures = try figures("displacement x", Ladder(type: "CPS4", values: Self.second))
    let studies = figures.convergence()
    let deviations = figures.entries.map { figures.numericalUncertainty(of: $0, studies) }
    // The index is 0.016; two standard deviations of each hold errors of 0.16, 0.04 and 0.01.
    for (deviation, expected) in zip(deviations, [0.083, 0.023, 0.008]) {
      #expect(abs(try #require(deviation) - expected) < 1e-9)
    }
  }
}
