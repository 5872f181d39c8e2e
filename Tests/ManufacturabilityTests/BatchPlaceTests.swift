import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Every place of a batch, every kind of problem, every output: nothing of a result depends on what is evaluated beside it.
@Suite("Places in a batch") struct BatchPlaceTests {
  /// All numbers of an evaluation.
  struct Bits: Equatable {
    let values: [UInt64]
    let solveCount: Int
    init(_ evaluation: DesignEvaluation) {
      var numbers = [evaluation.total, evaluation.largestResidual]
      numbers += evaluation.gradient + evaluation.physicalDensity
      for term in evaluation.terms { numbers += [term.value] + term.gradient }
      if let p = evaluation.parameterGradient {
        numbers += p.solids.flatMap { [$0.youngsModulus, $0.expansion, $0.conductivity] }
        numbers += p.forces.flatMap { $0.flatMap { $0 } }
        numbers += p.powers + p.sinkTemperatures + [p.temperatureChange]
      }
      if let h = evaluation.homogenized {
        numbers += h.stiffness.flatMap { $0 } + h.conductivity.flatMap { $0 }
        numbers += h.expansion + h.thermalStress
      }
      values = numbers.map(\.bitPattern)
      solveCount = evaluation.solveCount
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let problem: ManufacturabilityProblem
    let options: EvaluationOptions
    var testDescription: String { name }
  }

  static let cases: [Case] = {
    var strict = SampleProblem.structure(columns: 6, rows: 5)
    strict.void = VoidPhase()
    (strict.filter, strict.projection) = (nil, nil)
    let everything = EvaluationOptions(gradient: .everyTerm, wantsParameterGradient: true)
    let total = EvaluationOptions(wantsParameterGradient: true)
    return [
      Case(
        name: "every term", problem: SampleProblem.structure(columns: 5, rows: 4),
        options: everything),
      Case(name: "void of 1e-9", problem: strict, options: total),
      Case(name: "cell", problem: SampleProblem.cell(columns: 4, rows: 3), options: everything),
      Case(name: "block", problem: SampleProblem.block(3), options: total),
    ]
  }()

  /// Soft and stiff, grey and nearly binary designs in turn.
  private static func design(_ problem: ManufacturabilityProblem, _ seed: Int) -> [Double] {
    seed % 4 == 3
      ? SampleProblem.nearlyBinary(problem, seed: UInt64(seed))
      : SampleProblem.densities(problem, in: 0.02...1, seed: UInt64(seed))
  }

  @Test("each design has the bits it has alone at every place of 37", arguments: cases)
  func everyPlace(_ c: Case) throws {
    let loss = try ManufacturabilityLoss(of: c.problem)
    for mine in [Self.design(c.problem, 103), Self.design(c.problem, 100)] {
      let alone = try onThreads(1) { Bits(try loss.evaluate([mine], c.options)[0].get()) }
      for place in 0..<37 {
        var designs = (0..<37).map { Self.design(c.problem, $0 + place) }
        designs[place] = mine
        let found = try onThreads(1 + place % 2) { try loss.evaluate(designs, c.options) }
        #expect(Bits(try found[place].get()) == alone, "place \(place)")
      }
    }
  }

  @Test("each size of a batch from 1 to 37 gives the bits of designs alone", arguments: cases)
  func everySize(_ c: Case) throws {
    let loss = try ManufacturabilityLoss(of: c.problem)
    let designs = (0..<37).map { Self.design(c.problem, $0) }
    let alone = try designs.map { Bits(try loss.evaluate([$0], c.options)[0].get()) }
    for count in 1...37 {
      let found = try onThreads(1 + count % 2) {
        try loss.evaluate(Array(designs[..<count]), c.options)
      }
      #expect(try found.map { Bits(try $0.get()) } == Array(alone[..<count]), "\(count) designs")
    }
  }

  /// Different supports, loads, terms, constants and sizes of numbers: all share the signature of a batch.
  static let mixed: [ManufacturabilityProblem] = {
    let plain = SampleProblem.structure(columns: 6, rows: 5)
    var other = plain
    other.supports = [Support(.edge(side: .bottom), axes: [.x, .y])]
    other.loadCases[0].loads = [MechanicalLoad(.corner(sides: [.right, .top]), force: [-1, 2])]
    other.loadCases[1].isWarm = true
    other.heat?.sinks = [.init(.edge(side: .bottom), temperature: -1)]
    other.terms = [Term(.compliance()), Term(.warpage(side: .right)), Term(.temperature())]
    var strict = plain
    strict.void = VoidPhase()
    (strict.filter, strict.projection) = (nil, nil)
    strict.solids[0].youngsModulus = 2.1e11
    strict.terms = [
      Term(.thermalStress()), Term(.displacement(region: .edge(side: .top), direction: [0, 1])),
    ]
    var minimal = plain
    minimal.supports = [Support(.edge(side: .right), axes: [.x, .y])]
    minimal.loadCases[0].loads = [MechanicalLoad(.corner(sides: [.left, .top]), force: [1, 1])]
    minimal.terms = [Term(.thermalDistortion(region: .edge(side: .left)), weight: 2)]
    return [plain, other, strict, minimal]
  }()

  @Test("problems that share a batch do not share bits", arguments: [false, true])
  func mixing(everyTerm: Bool) throws {
    let losses = try Self.mixed.map { try ManufacturabilityLoss(of: $0) }
    let options = EvaluationOptions(
      gradient: everyTerm ? .everyTerm : .total, wantsParameterGradient: true)
    #expect(Set(losses.map(\.prepared.signature)).count == 1)
    for shift in 0..<8 {
      let pairs = (0..<37).map { place in
        let loss = losses[(place * 7 + shift) / 3 % 4]
        return (loss: loss, design: Self.design(loss.problem, place))
      }
      let found = try onThreads(1 + shift % 2) {
        try ManufacturabilityLoss.evaluate(pairs, options)
      }
      for (place, (pair, result)) in zip(pairs, found).enumerated() {
        let evaluation = try result.get()
        #expect(evaluation.terms.map(\.name) == pair.loss.problem.terms.map(\.name))
        let alone = try pair.loss.evaluate([pair.design], options)[0].get()
        #expect(Bits(evaluation) == Bits(alone), "place \(place), shift \(shift)")
      }
    }
  }

  /// Designs that fail while they are solved for, not before: numbers beyond the range of Double.
  @Test(
    "a design that fails in the solver is named and touches no neighbour",
    arguments: [(1e-300, 1e200), (1e305, 1e10), (1e-310, 1e-10)])
  func failing(modulus: Double, force: Double) throws {
    var wild = SampleProblem.structure(columns: 6, rows: 5)
    wild.solids[0].youngsModulus = modulus
    for k in wild.loadCases.indices { wild.loadCases[k].loads[0].force = [force, force] }
    let good = try ManufacturabilityLoss(of: SampleProblem.structure(columns: 6, rows: 5))
    let bad = try ManufacturabilityLoss(of: wild)
    for place in [0, 5, 15] {
      let pairs = (0..<16).map {
        (loss: $0 == place ? bad : good, design: Self.design(good.problem, $0))
      }
      let found = try ManufacturabilityLoss.evaluate(pairs)
      for (position, result) in found.enumerated() where position != place {
        let alone = try good.evaluate([pairs[position].design])[0].get()
        #expect(Bits(try result.get()) == Bits(alone), "place \(position)")
      }
      // Either it is named, or all of it is finite.
      switch found[place] {
      case .success(let evaluation):
        #expect(evaluation.gradient.allSatisfy(\.isFinite) && evaluation.total.isFinite)
      case .failure(let fault):
        switch fault {
        case .notSolved, .notConverged, .notFinite: #expect(!fault.description.isEmpty)
        default: Issue.record("\(fault)")
        }
      }
      if modulus == 1e-300 { #expect(throws: DesignFault.self) { try found[place].get() } }
    }
  }
}
