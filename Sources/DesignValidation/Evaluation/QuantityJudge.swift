import Quantities

/// Judges one quantity: verification by its difference, validation by probability.
struct QuantityJudge {
  let quantity: PartQuantity
  let figures: FigureReadings

  private var reference: Reference { quantity.reference }
  private var target: Double { reference.value.value }

  /// The question that the reference can answer.
  private var question: QuantityResult.Question {
    guard reference.kind == .physical else { return .verification }
    return reference.role == .calibration ? .calibration : .validation
  }

  /// A spread as a difference in the unit of the reference.
  private func size(_ spread: Spread, of value: Double) -> Double {
    switch spread {
    case .relative(let share): share * abs(value)
    case .absolute(let difference):
      difference.unit == reference.value.unit
        ? difference.value
        : reference.value.unit.difference(fromSI: difference.unit.siDifference(difference.value))
    }
  }

  var result: QuantityResult {
    let allowed = size(quantity.tolerance.size, of: target)
    let studies = figures.convergence()
    var relative: Double?
    if case .relative(let share) = quantity.tolerance.size { relative = share }
    var result = QuantityResult(
      name: quantity.name, question: question, read: quantity.reading.observable.text,
      unit: reference.value.unit.symbol,
      reference: .init(
        value: target, uncertainty: size(reference.uncertainty, of: target), kind: reference.kind,
        role: reference.role, source: reference.source),
      tolerance: .init(
        absolute: allowed, relative: relative, reason: quantity.tolerance.reason),
      readings: [], convergence: studies, verdict: .notEvaluable)
    var judgements: [Judgement] = []
    for entry in figures.entries {
      var reading = entry.result
      reading.numericalUncertainty = figures.numericalUncertainty(of: entry, studies)
      guard let value = reading.value else {
        result.readings.append(reading)
        if reading.isStated { judgements.append(Judgement(.notEvaluable)) }
        continue
      }
      let difference = value - target
      reading.difference = difference
      if target != 0 {
        reading.relativeDifference = difference / abs(target) * (target < 0 ? -1 : 1)
      }
      // Decimal numbers miss the edge of the tolerance by their last binary digits; those are given.
      let judgement =
        question == .validation
        ? validation(
          entry, difference: difference, allowed: allowed, value: value,
          numerical: reading.numericalUncertainty,
          basis: studies.first { $0.elementType == entry.elementType })
        : Judgement(abs(difference) <= allowed + 4 * target.ulp ? .pass : .fail)
      reading.verdict = judgement.verdict
      result.readings.append(reading)
      if reading.isStated { judgements.append(judgement) }
    }
    if let worst = judgements.max(by: { $0.verdict.weight < $1.verdict.weight }) {
      result.verdict = worst.verdict
      result.uncertainty = worst.uncertainty
      result.passProbability = worst.probability
      result.advice = worst.advice
    }
    return result
  }

  /// What one model comes to.
  private struct Judgement {
    var verdict: Verdict
    var uncertainty: ValidationUncertainty?
    var probability: Double?
    var advice: String?

    init(_ verdict: Verdict) { self.verdict = verdict }
  }

  /// Simulation against a physical test.
  private func validation(
    _ entry: FigureReadings.Entry, difference: Double, allowed: Double, value: Double,
    numerical: Double?, basis study: MeshConvergence?
  ) -> Judgement {
    var uncertainty = ValidationUncertainty(
      numerical: numerical, numericalSource: study?.source ?? "",
      input: quantity.inputUncertainty.map { size($0, of: value) },
      data: size(reference.uncertainty, of: target))
    if numerical == nil, let estimate = entry.energyErrorEstimate {
      uncertainty.numerical = estimate * abs(value)
      uncertainty.numericalSource = "the Zienkiewicz–Zhu estimate of the energy norm"
    } else if numerical == nil {
      uncertainty.numericalSource = "not known"
    }
    guard let u = uncertainty.total else {
      var judgement = Judgement(.notCapable)
      judgement.uncertainty = uncertainty
      judgement.advice =
        "the numerical uncertainty is not known; add models until three meshes of "
        + "\(entry.elementType) are there"
      return judgement
    }
    let p = ValidationUncertainty.probability(error: difference, deviation: u, tolerance: allowed)
    // With 2u > T, p is small wherever the error lies, so it cannot tell a failure from a blunt
    // instrument; only an error beyond the tolerance by 2u is a failure then.
    let isCapable = 2 * u <= allowed
    let verdict: Verdict =
      !p.isFinite
      ? .notEvaluable
      : isCapable
        ? (p >= 0.95 ? .pass : p <= 0.05 ? .fail : .undecided)
        : abs(difference) > allowed + 2 * u ? .fail : .notCapable
    var judgement = Judgement(verdict)
    judgement.uncertainty = uncertainty
    judgement.probability = p.isFinite ? p : nil
    if verdict == .undecided || verdict == .notCapable {
      judgement.advice = advice(uncertainty, total: u, error: abs(difference), allowed: allowed)
    }
    return judgement
  }

  /// Which uncertainty to shrink, and to what.
  private func advice(
    _ uncertainty: ValidationUncertainty, total: Double, error: Double, allowed: Double
  ) -> String {
    let parts: [(name: String, size: Double, how: String)] = [
      ("u_num", uncertainty.numerical ?? 0, "a finer mesh"),
      ("u_input", uncertainty.input ?? 0, "better known inputs"),
      ("u_D", uncertainty.data, "a better measurement"),
    ]
    guard let largest = parts.max(by: { $0.size < $1.size }) else { return "" }
    let others = parts.filter { $0.name != largest.name }.reduce(0) { $0 + $1.size * $1.size }
    // The largest u that can still decide: PASS inside the tolerance, FAIL outside it, from 0.95.
    let margin = abs(allowed - error)
    let needed = min(margin / 1.645, allowed / 2)
    let room = needed * needed - others
    let unit = reference.value.unit.symbol == "1" ? "" : " " + reference.value.unit.symbol
    let now = "shrink \(largest.name) (\(largest.how)), now \(largest.size.significant(3))\(unit)"
    return room > 0
      ? "\(now), to \(room.squareRoot().significant(3))\(unit)"
      : "\(now); with the others alone the verdict stays undecided"
  }
}
