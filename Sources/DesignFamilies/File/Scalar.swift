internal import Files
internal import Glibc

/// A number with the unit it was written in, as the arithmetic of family files knows it; the unit is text that nothing converts.
struct Scalar: Equatable {
  var value: Double
  /// Empty for a plain number.
  var unit = ""

  /// A number that a text begins with, and the unit that follows it; `nil` where the text is none.
  init?(_ text: String) {
    let text = text.trimmed
    let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
    // The unit may begin with an e, as no number ends with one.
    var number = digits
    while let last = number.last, !last.isNumber, last != "." { number = number.dropLast() }
    guard let value = Double(String(number)), value.isFinite else { return nil }
    self.init(value, String(text.dropFirst(number.count)).trimmed)
  }

  init(_ value: Double, _ unit: String = "") {
    (self.value, self.unit) = (value, unit)
  }

  /// As a problem file writes it, no digit lost.
  var text: String {
    let number =
      value == value.rounded() && abs(value) < 1e15 && value != 0
      ? "\(Int(value))" : value == 0 ? "0" : "\(value)"
    return unit.isEmpty ? number : number + " " + unit
  }
}

/// What the arithmetic of family files knows beside + − × ÷.
enum ScalarFunction: String, CaseIterable {
  case cos, sin, sqrt, abs, floor, round, min, max

  /// How many values it takes.
  var argumentCount: Int { self == .min || self == .max ? 2 : 1 }

  /// The value; `nil` where units do not allow it.
  func callAsFunction(_ arguments: [Scalar]) -> Scalar? {
    guard let first = arguments.first, let last = arguments.last,
      arguments.count == argumentCount
    else { return nil }
    switch self {
    case .cos: return first.unit.isEmpty ? Scalar(Glibc.cos(first.value)) : nil
    case .sin: return first.unit.isEmpty ? Scalar(Glibc.sin(first.value)) : nil
    case .sqrt: return first.unit.isEmpty ? Scalar(first.value.squareRoot()) : nil
    case .abs: return Scalar(Swift.abs(first.value), first.unit)
    case .floor: return Scalar(first.value.rounded(.down), first.unit)
    case .round: return Scalar(first.value.rounded(), first.unit)
    case .min:
      return first.unit == last.unit ? (first.value <= last.value ? first : last) : nil
    case .max:
      return first.unit == last.unit ? (first.value >= last.value ? first : last) : nil
    }
  }
}
