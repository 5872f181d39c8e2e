import Foundation
import Testing

@testable import DesignValidation

@Suite("Parts that state no limit") struct MissingLimitTests {
  private func evaluate(_ text: String) throws -> PartResult {
    let folder = try PartsFolder()
    try folder.write(text, to: "bar/part.yml")
    for deck in ["coarse.inp", "fine.inp"] { try folder.write("", to: "bar/" + deck) }
    let part = try #require(PartFolder(at: folder.path + "/bar"))
    return PartEvaluator(solver: SampleSolver(answers: ["coarse.inp": bar(), "fine.inp": bar()]))
      .evaluate(part)
  }

  /// The first quantity alone, with or without provenance, and limits.
  private static func text(provenance: Bool, quantity: Bool = true, limits: String = "") -> String {
    var text = """
      gcgan: part/1
      title: A bar
      family: part
      context: A test
      units: {length: mm, force: N}
      models:
        - {name: fine, deck: fine.inp, stated: true}

      """
    if quantity {
      text += """
        quantities:
          - name: tip displacement
            read: displacement x
            at: {set: TIP}
            reference: {value: 0.5 mm, kind: other-solver, source: the solver that made it}
            tolerance: {relative: 1 %, reason: a test}

        """
    }
    if !limits.isEmpty { text += "limits:\n" + limits + "\n" }
    return text + (provenance ? "provenance: {program: gcgan-generate 1, seed: 1}\n" : "")
  }

  private static let stress =
    "  - {name: stress, read: stress von-mises, at: max, below: 355 MPa, source: a test}"
  private static let broken =
    "  - {name: stress, read: stress von-mises, at: max, below: 35 MPa, source: a test}"
  private static let volume =
    "  - {name: energy, read: volume, below: 1000 mm^3, source: a test}"

  @Test(
    "end undecided where a program made them, and pass with a limit that holds",
    arguments: [
      (text(provenance: true), Verdict.undecided),
      (text(provenance: true, limits: stress), .pass),
      (text(provenance: true, limits: broken), .fail),
      // Written by hand, a reference verifies the solver.
      (text(provenance: false), .pass),
      (text(provenance: false, quantity: false, limits: stress), .pass),
      (text(provenance: true, limits: volume), .undecided),
      (text(provenance: false, quantity: false, limits: volume), .undecided),
    ])
  func verdict(_ text: String, _ verdict: Verdict) throws {
    let result = try evaluate(text)
    #expect(result.failure == nil)
    #expect(result.verdict == verdict)
    #expect((result.questions == nil) == (verdict != .undecided))
    if let question = result.questions?.first {
      #expect(question.hasPrefix("the part states no limit"))
    }
  }

  @Test func `a quantity that is off fails all the same`() throws {
    let off = Self.text(provenance: true).replacingOccurrences(of: "0.5 mm", with: "0.6 mm")
    #expect(try evaluate(off).verdict == .fail)
  }
}
