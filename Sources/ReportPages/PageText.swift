import DesignValidation
import Files

/// The words of a page.
enum PageText {
  /// A text without control characters and marks that turn the direction of writing; line ends become blanks.
  static func cleaned(_ text: String) -> String { text.cleaned("\u{FFFD}") }

  /// A text no longer than fits a page, with the count of what is missing.
  static func shortened(_ text: String, to limit: Int = 400) -> String {
    let text = cleaned(text)
    guard text.unicodeScalars.count > limit else { return text }
    let left = text.unicodeScalars.count - limit
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
      + "… (\(left) more characters)"
  }

  /// `1 part`, `2 parts`.
  static func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    count == 1 ? "1 \(noun)" : "\(grouped(count)) \(plural ?? noun + "s")"
  }

  /// A count with commas: `10,000`.
  static func grouped(_ count: Int) -> String {
    var digits = String(count), result = ""
    while digits.count > 3 {
      result = "," + digits.suffix(3) + result
      digits.removeLast(3)
    }
    return digits + result
  }

  /// A verdict as a reader says it.
  static func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: "passes"
    case .fail: "fails"
    case .undecided: "undecided"
    case .notCapable: "not capable"
    case .notEvaluable: "not evaluable"
    }
  }

  /// A unit after a number; nothing for what has no dimension.
  static func unit(_ unit: String) -> String { unit == "1" || unit.isEmpty ? "" : " " + unit }

  /// A number with its unit.
  static func value(_ value: Double, _ unit: String, digits: Int = 5) -> String {
    value.significant(digits) + Self.unit(unit)
  }

  /// A number with its sign.
  static func signed(_ value: Double, digits: Int = 3) -> String {
    let text = value.significant(digits)
    return value > 0 ? "+" + text : text
  }

  /// A share as per cent.
  static func percent(_ share: Double, digits: Int = 3) -> String {
    (100 * share).significant(digits) + " %"
  }
}
