internal import DesignProblem
internal import Glibc
internal import Manufacturability

// What the terms of a task say of the uniform design: their derivatives by the adjoint, and how far their bounds are.

extension FieldRow {
  /// The derivative of a term by the density of each element over its largest amount, 0 where the task has no such term; with two solids that by the
  /// share of the second likewise.
  static let sensitivity = FieldRow(
    about: .term, needs: .derivative, FieldGroup(.scalar, "sensitivity"), isPerImage: true
  ) { answer, name in
    let count = answer.elementCount
    let gradient =
      answer.term(name)?.gradient
      ?? [Double](repeating: 0, count: count * answer.task.stated.solids.count)
    return stride(from: 0, to: gradient.count, by: count).map { first in
      let image = gradient[first..<(first + count)]
      let largest = max(image.reduce(0) { max($0, abs($1)) }, .leastNormalMagnitude)
      return single(image.map { $0 / largest })
    }
  }

  /// ln (bound / value of the uniform design) / 4, within −1…1, everywhere the same; 1 where the task has no such limit.
  static let limit = FieldRow(about: .term, needs: .value, FieldGroup(.scalar, "limit")) {
    answer, name in
    var distance = 1.0
    let term = name.flatMap(answer.task.term)
    if let bound = answer.task.limits.first(where: { $0.term == term })?.value,
      let value = answer.term(name)?.value, value > 0
    {
      distance = bound > 0 ? max(-1, min(1, log(bound / value) / 4)) : -1
    }
    return [single([Double](repeating: distance, count: answer.elementCount))]
  }
}

extension FieldRow {
  /// The target of an effective constant over the largest of the solids, everywhere the same; 0 where the task has no such term.
  static let target = FieldRow(about: .term, FieldGroup(.scalar, "target")) { answer, name in
    let stated = answer.task.stated
    let term = name.flatMap(answer.task.term)
    let share = stated.terms.first { $0.name == term }.flatMap { term -> Double? in
      func over(_ target: Double?, _ constant: (SolidPhase) -> Double) -> Double? {
        let largest = stated.solids.reduce(0) { max($0, abs(constant($1))) }
        return target.map { largest > 0 ? $0 / largest : 0 }
      }
      return switch term.measure {
      case .effectiveExpansion(_, let target): over(target, \.expansion)
      case .effectiveStiffness(_, _, let target): over(target, \.youngsModulus)
      case .effectiveConductivity(_, _, let target): over(target, \.conductivity)
      default: nil
      }
    }
    return [single([Double](repeating: share ?? 0, count: answer.elementCount))]
  }
}

extension UniformAnswer {
  /// What came of a term.
  fileprivate func term(_ name: String?) -> DesignEvaluation.TermValue? {
    let term = name.flatMap(task.term)
    return evaluation?.terms.first { $0.name == term }
  }
}
