import Glibc
import Meshing

/// The `*INCLUDE` cards of a file, found without reading the rest of it as a deck.
enum IncludeCards {
  /// The names that the cards of a file give, as they are written; none where it is no text file.
  ///
  /// The corresponding C function is `fgets`.
  /// - Complexity: one pass over the file; a line is all that is kept.
  static func names(inFileAt path: String) -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    guard let file = fdopen(descriptor, "r") else {
      close(descriptor)
      return []
    }
    defer { fclose(file) }
    var names: [String] = []
    // A card whose line ends in a comma goes on in the next.
    var unfinished: String?
    var line = [CChar](repeating: 0, count: DeckFile.longestLine + 2)
    while fgets(&line, Int32(line.count), file) != nil {
      let isCard = unfinished == nil && begins(line)
      guard isCard || unfinished != nil else { continue }
      let text = String(decoding: bytes(of: line), as: UTF8.self)
      let card = (unfinished ?? "") + text
      if let name = name(in: card) {
        names.append(name)
        unfinished = nil
      } else {
        unfinished = isCard && text.hasSuffix(",") ? card : nil
      }
    }
    return names
  }

  /// Whether a line is an `*INCLUDE` card: upper and lower case and blanks do not matter.
  private static func begins(_ line: [CChar]) -> Bool {
    var word: [UInt8] = []
    for character in line {
      let byte = UInt8(bitPattern: character)
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { continue }
      if word.isEmpty, byte != UInt8(ascii: "*") { return false }
      guard byte > 0x20, byte != UInt8(ascii: ",") else { break }
      word.append(byte & 0xDF)
      if word.count > 8 { return false }
    }
    // The asterisk loses a bit, too.
    return word == [0x0A] + Array("INCLUDE".utf8)
  }

  private static func bytes(of line: [CChar]) -> [UInt8] {
    var bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return bytes
  }

  /// What follows `INPUT=`, without quotes.
  private static func name(in card: String) -> String? {
    for field in card.split(separator: ",") {
      let sides = field.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, sides[0].filter({ !$0.isWhitespace }).uppercased() == "INPUT" else {
        continue
      }
      var name = sides[1].drop(while: \.isWhitespace)
      if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
        name = name.dropFirst().dropLast()
      }
      return name.isEmpty ? nil : String(name)
    }
    return nil
  }
}
