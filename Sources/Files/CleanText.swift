extension String {
  /// The text without anything that could steer a terminal or the direction of a page: control characters and marks that turn the direction of
  /// writing become a mark, line ends and tabulators become blanks.
  package func cleaned(_ mark: Unicode.Scalar) -> String {
    var result = UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x0D, 0x09: result.append(" ")
      case 0x00..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        result.append(mark)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
