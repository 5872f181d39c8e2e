import DesignValidation

/// Numbers, texts and elements of the drawings on a page.
///
/// Colours come from classes of the style sheet, never from a `style`, which the policy of build servers forbids.
enum SVG {
  /// A coordinate with one decimal.
  static func number(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e7 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, part) = (tenths.magnitude / 10, tenths.magnitude % 10)
    return part == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(part)"
  }

  /// A drawing that says in words what it shows.
  static func plot(width: Double, height: Double, label: String, _ content: String) -> String {
    "<svg class=\"plot\" role=\"img\" viewBox=\"0 0 \(number(width)) \(number(height))\" "
      + "aria-label=\"\(escaped(label))\">\(content)</svg>"
  }

  /// A line of text.
  static func text(
    _ text: String, x: Double, y: Double, anchor: String = "start", style: String = ""
  ) -> String {
    let kind = style.isEmpty ? "" : " class=\"\(style)\""
    return "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\"\(kind)>"
      + "\(escaped(text))</text>"
  }

  /// A straight line.
  static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String)
    -> String
  {
    "<path class=\"\(style)\" d=\"M\(number(x1)) \(number(y1))L\(number(x2)) \(number(y2))\"/>"
  }

  /// A rectangle.
  static func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ style: String
  ) -> String {
    "<rect class=\"\(style)\" x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(max(0, width)))\" "
      + "height=\"\(number(max(0, height)))\"/>"
  }

  /// A dot.
  static func dot(_ x: Double, _ y: Double, radius: Double, _ style: String) -> String {
    "<circle class=\"\(style)\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\"/>"
  }

  /// A text that cannot be taken for markup.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in PageText.cleaned(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
    return result
  }
}
