import Meshing
import NumericalMethods
import Quantities
import ThermoElasticity

/// What a careful colleague would ask before signing a part off: whether its units are right, and whether anything acts on it at all.
///
/// Numbers cannot be wrong by themselves, so these are questions: a part with an open one ends undecided, and its part file may answer.
struct PartQuestions {
  /// A question with the words that answer it.
  struct Asked {
    var question: PartFile.Question
    /// The material, model or limit it is about.
    var subject: String
    var text: String
  }

  /// A property as the decks give it, in their unit.
  private struct NotedValue {
    var property: PlausibleProperty
    var subject: String
    var value: Double

    func si(_ units: UnitSystem) -> Double? {
      property.scale(in: units).map { $0 * abs(value) }
    }
    func isIn(_ range: KeyPath<PlausibleProperty, ClosedRange<Double>>, _ units: UnitSystem) -> Bool
    {
      si(units).map { property[keyPath: range].contains($0) } ?? true
    }
  }

  private var notedValues: [NotedValue] = []
  private var restingModels: [String] = []
  private var statedCount = 0
  private var restingStatedCount = 0

  /// Notes what a solved model is made of.
  mutating func look(at model: PartModel, _ answer: SolvedModel) {
    statedCount += model.isStated ? 1 : 0
    if answer.isAtRest {
      restingModels.append(model.name)
      restingStatedCount += model.isStated ? 1 : 0
    }
    if let size = answer.size { note(.size, "the part", [size]) }
    for material in answer.materials {
      note(.modulus, material.name, material.elasticity?.moduli ?? [])
      note(.density, material.name, material.density?.values ?? [])
      note(.expansion, material.name, material.expansion?.coefficients.axialValues ?? [])
      note(.conductivity, material.name, material.conductivity?.axialValues ?? [])
    }
  }

  /// Keeps the smallest and the largest of some values; zero says that there is no such property.
  private mutating func note(_ property: PlausibleProperty, _ subject: String, _ values: [Double]) {
    let sizes = values.map(abs).filter { $0 > 0 }
    guard let low = sizes.min(), let high = sizes.max() else { return }
    for value in low == high ? [low] : [low, high]
    where !notedValues.contains(where: {
      $0.property == property && $0.subject == subject && $0.value == value
    }) {
      notedValues.append(NotedValue(property: property, subject: subject, value: value))
    }
  }

  /// The questions about decks without a part file: their units are not known.
  func asked() -> [Asked] { restingQuestions }

  /// All questions about a part and its limits.
  func asked(_ file: PartFile, _ limits: [LimitResult]) -> [Asked] {
    let units = file.units
    let odd = notedValues.filter { !$0.isIn(\.plausible, units) }
    let guess = odd.isEmpty ? nil : UnitGuess.all(for: units).best(fits)
    return restingQuestions + odd.map { question(about: $0, units, guess) }
      + marginQuestions(file, limits, guess)
  }

  // MARK: Loads

  private var restingQuestions: [Asked] {
    guard !restingModels.isEmpty, restingStatedCount == statedCount else { return [] }
    return [
      Asked(
        question: .zeroLoad, subject: restingModels[0],
        text:
          "nothing acts: no force, no temperature change and no prescribed motion, so the answer is zero everywhere; "
          + "check the loads of the deck and their amplitudes")
    ]
  }

  // MARK: Units

  /// How well other units fit all that was found: 2 where all is usual, 1 where all is plausible, 0 where not.
  private func fits(_ units: UnitSystem) -> Int {
    if notedValues.allSatisfy({ $0.isIn(\.usual, units) }) { return 2 }
    return notedValues.allSatisfy { $0.isIn(\.plausible, units) } ? 1 : 0
  }

  private func question(about odd: NotedValue, _ units: UnitSystem, _ guess: UnitGuess?) -> Asked {
    let property = odd.property
    let value = odd.si(units) ?? odd.value
    var text: String
    switch property {
    case .size: text = "the part is \(property.text(si: value)) large"
    case .modulus: text = "the modulus of \(odd.subject) is \(property.text(si: value))"
    case .density: text = "the density of \(odd.subject) is \(property.text(si: value))"
    case .expansion: text = "the thermal expansion of \(odd.subject) is \(property.text(si: value))"
    case .conductivity:
      text = "the conductivity of \(odd.subject) is \(property.text(si: value))"
    }
    text += " with 'units: \(units.text)', \(property.remark(si: value))"
    if let guess, let other = odd.si(guess.units) {
      text += "; with '\(guess.text)' it would be \(property.text(si: other))"
    } else if let unit = property.usualUnits.first(where: {
      property.usual.contains($0.scale * odd.value)
    }) {
      text += "; \(odd.value.significant(6)) would be usual in \(unit.symbol)"
    } else {
      text += "; check the number and the units"
    }
    return Asked(question: property.question, subject: odd.subject, text: text)
  }

  // MARK: Limits

  /// By how much a limit is met before it is a question.
  static let largestMargin = 1000.0

  private func marginQuestions(_ file: PartFile, _ limits: [LimitResult], _ guess: UnitGuess?)
    -> [Asked]
  {
    zip(file.limits, limits).compactMap { limit, result -> Asked? in
      guard limit.reading.observable.isResponse else { return nil }
      let far = result.readings.first {
        $0.isStated && $0.verdict == .pass && $0.value.map { isFar($0, from: limit) } ?? false
      }
      guard let value = far?.value else { return nil }
      let unit = limit.limit.unit.symbol == "1" ? "" : " \(limit.limit.unit.symbol)"
      var text =
        "'\(limit.name)' is met by more than a factor of a thousand: \(value.significant(4))\(unit) "
        + "\(limit.bound.rawValue) \(limit.limit.value.significant(7))\(unit)"
      if let guess, let other = reread(value, limit, file.units, guess.units) {
        text += "; with '\(guess.text)' it would be \(other.significant(4))\(unit)"
      } else {
        text += "; check the units, the loads and the limit"
      }
      return Asked(question: .margin, subject: limit.name, text: text)
    }
  }

  /// Whether a value that meets a limit is on the safe side by more than a factor.
  private func isFar(_ value: Double, from limit: PartLimit) -> Bool {
    let isDifference = limit.reading.minus != nil || limit.reading.over != nil
    let unit = limit.limit.unit
    // Temperatures count from absolute zero: 1 degC is not a thousandth of 1000 degC.
    let (magnitude, bound) =
      isDifference
      ? (value, limit.limit.value)
      : (unit.si(value) / unit.scale, unit.si(limit.limit.value) / unit.scale)
    guard bound != 0 else { return false }
    let isTowardsZero = (limit.bound == .below) == (bound > 0)
    return isTowardsZero
      ? abs(magnitude) * Self.largestMargin < abs(bound)
      : magnitude / bound > Self.largestMargin
  }

  /// A value read in other units of the deck; `nil` where it is not simply scaled.
  private func reread(
    _ value: Double, _ limit: PartLimit, _ units: UnitSystem, _ others: UnitSystem
  ) -> Double? {
    let dimension = limit.reading.observable.dimension
    guard limit.reading.over == nil, limit.limit.unit.shift == 0,
      let unit = units.unit(of: dimension), let other = others.unit(of: dimension),
      unit.scale != other.scale
    else { return nil }
    return value * other.scale / unit.scale
  }
}
