internal import Files

/// Names of parts and models as names of files, whatever characters they have.
enum FieldsName {
  /// The longest name, in bytes: two of them, hyphens and a suffix fit into the 255 of file systems.
  private static let longest = 100

  /// A name of letters, digits, `.`, `_` and `-`; all else is `=` and two hexadecimal digits for each byte. Long names end in the first digits of their
  /// SHA-256, so that two names are never one file.
  static func text(_ name: String) -> String {
    var text = ""
    for byte in name.utf8 {
      let scalar = UnicodeScalar(byte)
      let isPlain =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "-"
        || (scalar == "." && !text.isEmpty)
      text += isPlain ? String(Character(scalar)) : "=" + hex(byte)
    }
    guard text.utf8.count > longest else { return text }
    let digest = SHA256Digest.text(of: Array(name.utf8)).prefix(20)
    return String(text.prefix(longest - 21)) + "=" + digest
  }

  private static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
