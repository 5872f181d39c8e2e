/// A JSON value that is only ever written, with the keys of objects in the order given.
public enum JSONText: Sendable {
  /// `null`
  case null
  /// `true` or `false`
  case boolean(Bool)
  /// An integer.
  case integer(Int)
  /// A real number; infinities and NaN become `null`, which JSON has no other word for.
  case number(Double)
  /// Text.
  case string(String)
  /// A list.
  case array([JSONText])
  /// An object.
  case object([(String, JSONText)])

  /// A number, or `null`.
  public static func optional(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }
  /// A whole number that may be missing.
  public static func optional(_ value: Int?) -> JSONText { value.map { .integer($0) } ?? .null }

  /// The text, with two blanks per level and a line break at the end.
  public var text: String {
    var result = ""
    write(to: &result, indent: "")
    return result + "\n"
  }

  /// The text as a part of another one: lines after the first begin with the indent, and no line break ends it.
  package func text(indentedBy indent: String) -> String {
    var result = ""
    write(to: &result, indent: indent)
    return result
  }

  private func write(to text: inout String, indent: String) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += "\(value)"
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.quote(value, in: &text)
    case .array(let values):
      Self.list("[", "]", values, in: &text, indent) { $0.write(to: &$1, indent: $2) }
    case .object(let members):
      Self.list("{", "}", members, in: &text, indent) { member, text, indent in
        Self.quote(member.0, in: &text)
        text += ": "
        member.1.write(to: &text, indent: indent)
      }
    }
  }

  private static func list<Item>(
    _ open: String, _ close: String, _ items: [Item], in text: inout String, _ indent: String,
    _ write: (Item, inout String, String) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + indent + "  "
      write(item, &text, indent + "  ")
    }
    if !items.isEmpty { text += "\n" + indent }
    text += close
  }

  private static func quote(_ value: String, in text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }
}
