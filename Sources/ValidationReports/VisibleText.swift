extension String {
  /// The text with what does not show, or steers what shows it, written as `<U+202E>`: control characters, marks that turn the direction of writing, and
  /// what XML has no word for.
  ///
  /// Unlike in ``TerminalText/cleaned(_:)`` two texts that differ stay two texts: names in files are keys.
  var withVisibleControls: String {
    guard unicodeScalars.contains(where: \.isHidden) else { return self }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar.isHidden {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
        result.append(contentsOf: "<U+\(zeros)\(digits)>".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The text as a relative reference of RFC 3986: a path whose characters but letters, digits and `-._~/` are percent-encoded.
  var asReference: String {
    var text = ""
    for byte in utf8 {
      let scalar = UnicodeScalar(byte)
      if byte < 0x80,
        scalar.properties.isAlphabetic || "0123456789-._~/".unicodeScalars.contains(scalar)
      {
        text.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether the character does not show, or steers what shows it.
  fileprivate var isHidden: Bool {
    switch value {
    case 0x00..<0x20, 0x7F..<0xA0, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF, 0xFFFE, 0xFFFF:
      true
    default: false
    }
  }
}
