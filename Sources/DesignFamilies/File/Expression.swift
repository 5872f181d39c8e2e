/// Small arithmetic of family files: `columns / 8 + x`, `force * cos(angle)`.
///
/// A name has letters, digits and hyphens, so a minus sign stands between blanks.
indirect enum Expression: Sendable {
  case constant(Double)
  case name(String)
  case sum(Expression, Expression)
  case difference(Expression, Expression)
  case product(Expression, Expression)
  case quotient(Expression, Expression)
  case call(ScalarFunction, [Expression])

  /// The names in it, in their order.
  var names: [String] {
    switch self {
    case .constant: []
    case .name(let name): [name]
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b),
      .quotient(let a, let b):
      a.names + b.names
    case .call(_, let arguments): arguments.flatMap(\.names)
    }
  }

  /// The value, given those of its names.
  ///
  /// - Throws: ``ExpressionFault`` where units do not fit or no number comes of it.
  func value(_ lookUp: (String) throws -> Scalar) throws -> Scalar {
    let result: Scalar?
    switch self {
    case .constant(let value): return Scalar(value)
    case .name(let name): return try lookUp(name)
    case .sum(let a, let b), .difference(let a, let b):
      let (a, b) = (try a.value(lookUp), try b.value(lookUp))
      guard a.unit == b.unit else {
        throw ExpressionFault("'\(a.text)' and '\(b.text)' have different units")
      }
      if case .sum = self {
        result = Scalar(a.value + b.value, a.unit)
      } else {
        result = Scalar(a.value - b.value, a.unit)
      }
    case .product(let a, let b):
      let (a, b) = (try a.value(lookUp), try b.value(lookUp))
      guard a.unit.isEmpty || b.unit.isEmpty else {
        throw ExpressionFault("'\(a.text)' times '\(b.text)': one of them is a plain number")
      }
      result = Scalar(a.value * b.value, a.unit + b.unit)
    case .quotient(let a, let b):
      let (a, b) = (try a.value(lookUp), try b.value(lookUp))
      guard b.unit.isEmpty || a.unit == b.unit else {
        throw ExpressionFault("'\(a.text)' by '\(b.text)': units do not fit")
      }
      result = Scalar(a.value / b.value, b.unit.isEmpty ? a.unit : "")
    case .call(let function, let arguments):
      let values = try arguments.map { try $0.value(lookUp) }
      result = function(values)
      if result == nil {
        throw ExpressionFault(
          "\(function.rawValue)(\(values.map(\.text).joined(separator: ", "))): units do not fit")
      }
    }
    guard let result, result.value.isFinite else {
      throw ExpressionFault("no finite number comes of it")
    }
    return result
  }
}

/// What is wrong with arithmetic.
struct ExpressionFault: Error, Equatable {
  var problem: String

  init(_ problem: String) { self.problem = problem }
}
