package import DesignProblem
import Manufacturability
internal import Quantities

extension DesignTask {
  /// Why the design is no part that ``DesignExport`` makes decks of; `nil` where it is one.
  var noStructureReason: String? {
    isCell
      ? "it is a cell of a periodic material, which no part is"
      : hasTwoSolids ? "there are two solids: parts have one" : nil
  }

  /// Why a problem file is no task that designs are drawn and exported for.
  package struct Mismatch: Error, Equatable, CustomStringConvertible {
    /// All that does not fit.
    package let reasons: [String]
    /// All of them in a line.
    package var description: String { reasons.joined(separator: "; ") }
  }

  /// The task that a problem file describes: a plane body in any number of load cases, heated or not, or the cell of a periodic material; of one solid or two.
  ///
  /// The volume fraction is that of its `optimisation`, whose `limits` become the task's. Where the file has no units its lengths are millimetres,
  /// its forces newtons, its powers watts; with units temperatures are kelvins. The void, the filter, the projection and the interpolation of the
  /// file are those of an optimisation, and no part of the task.
  ///
  /// - Parameter objective: The name of the term to be made least. Unless told otherwise the compliance, where forces act; else the first term with a weight
  ///   that has to be solved for, else the temperature.
  /// - Throws: ``Mismatch`` with all that does not fit.
  package init(_ file: ProblemFile, objective: String? = nil) throws(Mismatch) {
    let problem = file.problem
    var reasons: [String] = []
    func check(_ holds: Bool, _ reason: String) { if !holds { reasons.append(reason) } }
    check(problem.grid.isPlane, "the grid lies in space: parts are plane")
    check(
      problem.isPeriodic || !problem.loadCases.isEmpty || problem.isWarmed || problem.heat != nil,
      "nothing acts on it: give load cases, heat or a temperature change")
    check(
      file.optimisation?.volumeFraction != nil,
      "it says no volume fraction: write 'optimisation: {method: oc, volume-fraction: 0.4}'")
    let stated = StatedTerms(file, objective: objective)
    check(
      problem.isPeriodic || !stated.terms.isEmpty,
      objective.map { "it has no term '\($0)'" }
        ?? "no term with a weight has to be solved for: there is nothing to make least")
    guard reasons.isEmpty, let volumeFraction = file.optimisation?.volumeFraction else {
      throw Mismatch(reasons: reasons)
    }
    let scales = UnitScales(file)
    func scaled(_ solid: SolidPhase) -> SolidPhase {
      var solid = solid
      solid.youngsModulus *= scales.stress
      solid.conductivity *= scales.conductivity
      return solid
    }
    var passive = problem.passive
    for place in passive.indices { passive[place].madeOf = passive[place].madeOf.map(scaled) }
    var heat = problem.heat
    for place in heat?.films.indices ?? 0..<0 { heat?.films[place].coefficient *= scales.film }
    var grid = problem.grid
    grid.pixelSize *= scales.length
    grid.thickness *= scales.length
    self.init(
      ManufacturabilityProblem(
        grid: grid, solids: problem.solids.map(scaled), matrix: problem.matrix.map(scaled),
        supports: problem.supports, loadCases: problem.loadCases,
        heat: heat, temperatureChange: problem.temperatureChange,
        passive: passive, terms: stated.terms),
      volumeFraction: volumeFraction, limits: stated.limits)
  }
}

/// What a task's units are in those of its file: SI where units are written, else millimetres, newtons, megapascals, watts.
private struct UnitScales {
  let length, stress, energy, conductivity, film: Double

  init(_ file: ProblemFile) {
    (length, stress, energy) = file.hasUnits ? (1e3, 1e-6, 1e3) : (1, 1, 1)
    (conductivity, film) = file.hasUnits ? (1e-3, 1e-6) : (1, 1)
  }

  /// What a term's value is multiplied by.
  func scale(of measure: Measure) -> Double {
    switch measure.row.dimension(of: measure) {
    case .length: length
    case .stress: stress
    case .energy: energy
    case .conductivity: conductivity
    case .materialCompliance: 1 / stress
    default: 1
    }
  }
}

/// The terms of a file as a task has them, the objective first with the weight 1, all others with none; and the limits on them.
private struct StatedTerms {
  var terms: [Term] = []
  var limits: [TaskLimit] = []

  init(_ file: ProblemFile, objective name: String?) {
    let scales = UnitScales(file)
    let problem = file.problem
    // The volume is met to the element: no term of a task.
    let given = problem.terms.filter { if case .volume = $0.measure { false } else { true } }
    guard let first = Self.objective(of: problem, among: given, name) else { return }
    terms = [first] + given.filter { $0.name != first.name }
    for limit in file.optimisation?.limits ?? [] {
      guard let term = terms.first(where: { $0.name == limit.term }) else { continue }
      var bound = limit.atMost * scales.scale(of: term.measure)
      // An objective is a value, not the excess over a reference.
      if term.name == first.name, case .compliance(let reference?, _) = term.measure {
        bound = reference * (1 + limit.atMost) * scales.energy
      }
      limits.append(
        TaskLimit(
          term.name, .value(bound),
          reason:
            "problem.yml, 'optimisation: {limits: ...}', at most \(limit.atMost) of term '\(term.name)'"
        ))
    }
    for place in terms.indices {
      terms[place].weight = place == 0 ? 1 : 0
      switch terms[place].measure {
      case .compliance(let reference, let cases):
        terms[place].measure = .compliance(
          reference: place == 0 ? nil : reference.map { $0 * scales.energy }, cases: cases)
      case .stress(var aggregate, let cases):
        aggregate.limit = aggregate.limit.map { $0 * scales.stress }
        terms[place].measure = .stress(aggregate, cases: cases)
      case .thermalStress(var aggregate):
        aggregate.limit = aggregate.limit.map { $0 * scales.stress }
        terms[place].measure = .thermalStress(aggregate)
      case .effectiveStiffness, .effectiveConductivity, .cellStress:
        if file.hasUnits { terms[place].measure = terms[place].measure.inMillimetres }
      default: break
      }
    }
  }

  private static func objective(
    of problem: ManufacturabilityProblem, among terms: [Term], _ name: String?
  ) -> Term? {
    if let name { return terms.first { $0.name == name } }
    if problem.loadCases.contains(where: { !$0.loads.isEmpty }) {
      return terms.first { if case .compliance = $0.measure { true } else { false } }
        ?? Term(.compliance())
    }
    return terms.first { $0.weight > 0 && $0.measure.row.solve != .geometry }
      ?? (problem.heat == nil ? nil : Term(.temperature()))
  }
}
