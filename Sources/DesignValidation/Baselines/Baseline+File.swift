package import Files
import StrictYAML

extension YAMLFileKind {
  fileprivate static let baseline = Self(
    name: "a baseline", firstLine: "gcgan: \(Baseline.format)")
}

extension Baseline {
  /// Reads the text of a baseline; everything wrong in it is told at once.
  ///
  /// - Parameter file: The name for error texts.
  package init(parsing bytes: [UInt8], file: String) throws(InputFaults) {
    let tree = try YAMLTree.parse(bytes, file: file, kind: .baseline)
    let faults = YAMLFaults(file: file)
    let keys = MappingReader(tree, "the baseline", keys: ["gcgan", "figures"], faults: faults)
    if let format = keys?.text("gcgan"), let keys, format != Self.format {
      faults.add(
        keys.line(of: "gcgan"), "the format '\(format.prefix(40))' is not known",
        remedy: "this version reads '\(Self.format)'")
    }
    entries = (keys?.list("figures") ?? []).compactMap { Entry($0, faults) }
    var met: Set<[String]> = []
    for entry in entries where !met.insert([entry.quantity, entry.model ?? ""]).inserted {
      faults.add(
        keys?.line(of: "figures") ?? 1,
        "there are two figures '\(entry.quantity.prefix(60))' of one model", remedy: "remove one")
    }
    try faults.throwIfAny()
  }

  /// The text of the file. Values have nine digits, a thousandth of what the tolerance of a new figure leaves.
  package var text: String {
    var text = "gcgan: \(Self.format)\nfigures:\n"
    for entry in entries {
      text += "  - quantity: \(Self.quoted(entry.quantity))\n"
      if let model = entry.model { text += "    model: \(Self.quoted(model))\n" }
      text += "    value: \(entry.value.significant(9))\n"
      text += "    unit: \(Self.quoted(entry.unit))\n"
      text += "    tolerance: \(entry.tolerance.significant(9))\n"
      text += "    reason: \(Self.quoted(entry.reason))\n"
    }
    return text
  }

  /// Plain where YAML reads it so, else in double quotes.
  private static func quoted(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && $0.isLetter } == true
      && text.last != " "
      && text.unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
            || " _-.,()/^*=".unicodeScalars.contains($0))
      }
      && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    guard !isPlain else { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case _
      where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        || scalar.properties.generalCategory == .format
        || [.lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory):
        let digits = String(scalar.value, radix: 16)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      default: result += String(scalar)
      }
    }
    return result + "\""
  }
}

extension Baseline.Entry {
  fileprivate init?(_ tree: YAMLTree, _ faults: YAMLFaults) {
    guard
      let keys = MappingReader(
        tree, "a figure of the baseline",
        keys: ["quantity", "model", "value", "unit", "tolerance", "reason"], faults: faults)
    else { return nil }
    let name = keys.text("quantity")
    let value = Self.number("value", keys, faults)
    let unit = keys.text("unit")
    let tolerance = Self.number("tolerance", keys, faults)
    let reason = keys.text("reason")
    if let tolerance, tolerance < 0 {
      faults.add(
        keys.line(of: "tolerance"), "'tolerance' of a figure of the baseline is below 0",
        remedy: "write the largest difference that is no change")
      return nil
    }
    guard let name, let value, let unit, let tolerance, let reason else { return nil }
    self.init(
      quantity: name, model: keys.text("model", isRequired: false), value: value, unit: unit,
      tolerance: tolerance, reason: reason)
  }

  private static func number(
    _ key: String, _ keys: MappingReader, _ faults: YAMLFaults
  ) -> Double? {
    guard let text = keys.text(key) else { return nil }
    // Swift reads hexadecimal numbers, 'nan' and 'inf' too; a baseline has none.
    if let value = Double(text), value.isFinite,
      text.allSatisfy({ $0.isNumber || "+-.eE".contains($0) })
    {
      return value
    }
    faults.add(
      keys.line(of: key),
      "'\(key)' of a figure of the baseline is a number, found '\(text.prefix(40))'",
      remedy: "write it without its unit, which 'unit' says")
    return nil
  }
}
