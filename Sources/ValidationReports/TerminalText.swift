internal import Files

/// Colours and cleaned text for a terminal.
package struct TerminalText {
  /// A colour or weight.
  enum Style: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case magenta = "35"
  }

  /// Whether colours are used.
  var isColoured: Bool

  /// A text in a style.
  func styled(_ text: String, _ styles: Style...) -> String {
    guard isColoured else { return text }
    return "\u{1B}[\(styles.map(\.rawValue).joined(separator: ";"))m\(text)\u{1B}[0m"
  }

  /// A text without anything that could steer a terminal: control characters and marks that turn the
  /// direction of writing become `?`, line ends become blanks.
  package static func cleaned(_ text: String) -> String { text.cleaned("?") }
}

extension String {
  /// The text with blanks up to a width.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }

  /// The text with blanks before it up to a width.
  func rightAligned(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }

  /// The text cut to a width, with `…` where something is missing.
  func truncated(to width: Int) -> String {
    count <= width ? self : prefix(Swift.max(0, width - 1)) + "…"
  }
}

/// `1 part`, `2 parts`.
func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun == "quantity" ? "quantities" : noun + "s")"
}
