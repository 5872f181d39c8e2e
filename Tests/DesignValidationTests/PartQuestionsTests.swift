import Foundation
import Meshing
import NumericalMethods
import Quantities
import Testing
import ThermoElasticity

@testable import DesignValidation

@Suite("Questions about a part") struct PartQuestionsTests {
  /// A bar of two cells, 2 long in the deck's unit, with a stress of 100 and one material.
  private func model(
    _ material: Material = steel(210_000), stretch: Double = 1, isAtRest: Bool = false
  ) -> SolvedModel {
    var model = bar()
    model.mesh = Mesh(
      nodes: model.mesh.nodes.map { $0 * stretch }, blocks: model.mesh.blocks,
      nodeSets: model.mesh.nodeSets, cellSets: model.mesh.cellSets)
    model.materials = [material]
    model.isAtRest = isAtRest
    return model
  }

  private static func steel(_ modulus: Double) -> Material {
    Material(name: "STEEL", elasticity: .isotropic(.constant(modulus, 0.3)))
  }

  private func result(
    _ model: SolvedModel, units: String = "{length: mm, force: N}", below limit: String = "235 MPa",
    confirmed: String = ""
  ) throws -> PartResult {
    let folder = try PartsFolder()
    try folder.write(
      """
      gcgan: part/1
      title: A bar
      family: part
      context: A test
      units: \(units)
      models:
        - {name: fine, deck: fine.inp, stated: true}
      limits:
        - {name: yield, read: stress von-mises, at: max, below: \(limit), source: a test}
      \(confirmed)
      """, to: "bar/part.yml")
    try folder.write("", to: "bar/fine.inp")
    let part = try #require(PartFolder(at: folder.path + "/bar"))
    let solver = SampleSolver(answers: ["fine.inp": model])
    let result = PartEvaluator(solver: solver).evaluate(part)
    #expect(result.failure == nil, "\(String(describing: result.failure))")
    return result
  }

  @Test func `a part with nothing unusual has none`() throws {
    let part = try result(model())
    #expect(part.questions == nil)
    #expect(part.verdict == .pass)
  }

  /// Decks in millimetres and newtons whose part file says metres: every stress is a millionth of what it is.
  @Test func `metres stated for a deck in millimetres are asked about, with the right unit`() throws
  {
    let part = try result(model(stretch: 50), units: "{length: m, force: N}")
    #expect(part.limits[0].verdict == .pass)
    #expect(part.verdict == .undecided)
    let questions = try #require(part.questions)
    #expect(questions.count == 3)
    #expect(questions[0].hasPrefix("the part is 100 m large with 'units: {length: m, force: N}'"))
    #expect(questions[0].contains("with 'length: mm' it would be 100 mm"))
    #expect(questions[1].hasPrefix("the modulus of STEEL is 210 kPa"))
    #expect(questions[1].contains("with 'length: mm' it would be 210 GPa"))
    #expect(questions[2].hasPrefix("'yield' is met by more than a factor of a thousand"))
    #expect(questions[2].contains("0.0001 MPa below 235 MPa"))
    #expect(questions[2].contains("with 'length: mm' it would be 100 MPa"))
  }

  struct Odd: Sendable, CustomTestStringConvertible {
    var name: String
    var units = "{length: mm, force: N}"
    var material: Material
    var stretch = 1.0
    /// How the question begins, and what it offers.
    var question: String
    var offer: String
    var testDescription: String { name }
  }

  @Test(
    "numbers that no material has are asked about",
    arguments: [
      Odd(
        name: "pascals in a deck of millimetres", material: steel(2.1e11),
        question: "the modulus of STEEL is 210000 TPa", offer: "'length: m' it would be 210 GPa"),
      Odd(
        name: "pascals in a large deck of millimetres", material: steel(2.1e11), stretch: 50,
        question: "the modulus of STEEL is 210000 TPa", offer: "would be usual in Pa"),
      Odd(
        name: "kilonewtons for newtons", units: "{length: mm, force: kN}", material: steel(210_000),
        question: "the modulus of STEEL is 210 TPa", offer: "'force: N' it would be 210 GPa"),
      Odd(
        name: "a polymer in metres", units: "{length: m, force: N}", material: steel(3e7),
        stretch: 3,
        question: "no question", offer: ""),
      Odd(
        name: "a density in kilograms per cubic metre",
        material: Material(
          name: "M", elasticity: .isotropic(.constant(210_000, 0.3)), density: .constant(7850)),
        question: "the density of M is 7.85e+15 kg/m^3", offer: "would be usual in kg/m^3"),
      Odd(
        name: "a density in tonnes per cubic millimetre",
        material: Material(
          name: "M", elasticity: .isotropic(.constant(210_000, 0.3)), density: .constant(7.85e-9)),
        question: "no question", offer: ""),
      Odd(
        name: "an expansion in millionths",
        material: Material(
          name: "M", elasticity: .isotropic(.constant(210_000, 0.3)),
          expansion: .init(.constant(12))),
        question: "the thermal expansion of M is 12 1/K", offer: "would be usual in 1e-6/K"),
      Odd(
        name: "one soft direction",
        material: Material(
          name: "M",
          elasticity: .engineeringConstants(
            .constant([1e5, 5e-3, 5e3, 0.3, 0.3, 0.3, 3e3, 3e3, 3e3]))),
        question: "the modulus of M is 5 kPa", offer: "check the number and the units"),
      Odd(
        name: "a building", material: steel(210_000), stretch: 15_000,
        question: "the part is 30 m large", offer: "check the number and the units"),
      Odd(
        name: "a molecule", material: steel(210_000), stretch: 1e-7,
        question: "the part is 0.2 nm large", offer: "check the number and the units"),
    ])
  func asks(_ odd: Odd) throws {
    let part = try result(model(odd.material, stretch: odd.stretch), units: odd.units)
    guard odd.question != "no question" else {
      #expect(!(part.questions ?? []).contains { $0.contains("modulus") || $0.contains("density") })
      return
    }
    let question = part.questions?.first { $0.hasPrefix(odd.question) }
    #expect(question?.contains(odd.offer) == true, "\(part.questions ?? [])")
    // In kilonewtons the stress exceeds the limit, too.
    #expect(part.verdict == (part.limits[0].verdict == .fail ? .fail : .undecided))
  }

  @Test func `rubber and diamond are materials`() throws {
    for modulus in [1.0, 1.2e6] {
      #expect(try result(model(Self.steel(modulus))).questions == nil)
    }
  }

  @Test(
    "a limit met by more than a factor of a thousand is asked about",
    arguments: [("99 GPa", false), ("101 GPa", true), ("235 MPa", false)])
  func margin(_ limit: String, _ isAsked: Bool) throws {
    let part = try result(model(), below: limit)
    #expect(part.limits[0].verdict == .pass)
    #expect((part.questions?.first?.hasPrefix("'yield' is met") ?? false) == isAsked)
    #expect(part.verdict == (isAsked ? .undecided : .pass))
  }

  @Test func `temperatures are compared from absolute zero`() throws {
    var questions = PartQuestions()
    questions.look(at: PartModel(name: "m", deck: "m.inp", isStated: true), model())
    func isAsked(_ value: Double, _ bound: PartLimit.Bound, _ limit: String) throws -> Bool {
      let limit = PartLimit(
        name: "x", reading: PartReading(observable: .temperature, place: .max), bound: bound,
        limit: try Quantity(parsing: limit), source: "")
      let reading = ReadingResult(model: "m", isStated: true, value: value, verdict: .pass)
      let result = LimitResult(
        name: "x", read: "temperature", bound: bound, limit: limit.limit.value, unit: "degC",
        source: "", readings: [reading], verdict: .pass)
      let file = PartFile(
        title: "", family: .part, context: "",
        units: .si, models: [], quantities: [], limits: [limit], warnings: [], confirmed: [])
      return !questions.asked(file, [result]).filter { $0.question == .margin }.isEmpty
    }
    #expect(try !isAsked(0.01, .below, "125 degC"))
    #expect(try !isAsked(0.01, .above, "-40 degC"))
    #expect(try isAsked(0.01, .below, "125 K"))
    #expect(try isAsked(200_000, .above, "125 K"))
    #expect(try !isAsked(200, .above, "125 K"))
  }

  @Test func `nothing that acts is asked about`() throws {
    let part = try result(model(isAtRest: true))
    #expect(part.questions?.first?.hasPrefix("nothing acts") == true)
    #expect(part.verdict == .undecided)
    let folder = try PartsFolder()
    let deck = try #require(PartFolder(at: try folder.write("", to: "a.inp")))
    let solver = SampleSolver(answers: ["a.inp": model(isAtRest: true)])
    let bare = PartEvaluator(solver: solver).evaluate(deck)
    #expect(bare.verdict == .undecided)
    #expect(bare.questions?.first?.hasPrefix("nothing acts") == true)
  }

  @Test func `the part file answers, with a reason`() throws {
    let soft = model(Self.steel(0.2))
    let words = "confirmed: [{question: modulus, reason: a foam}]"
    let part = try result(soft, confirmed: words)
    #expect(part.verdict == .pass)
    #expect(part.questions == nil)
    #expect(part.answers?.map(\.answer) == ["a foam"])
    #expect(part.answers?[0].question.hasPrefix("the modulus of STEEL is 200 kPa") == true)
    // Of another material it answers nothing.
    let other = try result(
      soft, confirmed: "confirmed: [{question: modulus, of: FOAM, reason: a foam}]")
    #expect(other.verdict == .undecided)
    #expect(other.warnings?.first?.contains("does not arise") == true)
    // An answer does not outlive its question.
    let stale = try result(model(), confirmed: words)
    #expect(stale.verdict == .pass)
    #expect(stale.warnings?.first?.contains("'modulus', which does not arise: remove it") == true)
  }

  @Test func `a failed limit stays failed`() throws {
    let part = try result(model(Self.steel(0.2)), below: "50 MPa")
    #expect(part.verdict == .fail)
    #expect(part.questions?.count == 1)
  }
}
