public import Files

/// Splits a deck into cards, follows `*INCLUDE`, and refuses what is not a deck.
package struct DeckScanner {
  /// The cards in the order of the deck.
  package private(set) var cards: [DeckCard] = []
  /// The files as messages name them, in the order they were opened.
  package private(set) var files: [String] = []
  /// Whether the deck breaks off in the middle of a line, as a cut file does.
  package private(set) var endsMidLine = false

  private let folder: DeckFolder
  private var open: [DeckFile] = []
  private var size = 0

  /// How deep includes may nest; ccx 2.20 allows 9.
  static let deepestInclude = 9
  /// Cards in one deck; ccx needs a few hundred.
  static let largestCardCount = 1_000_000

  /// Scans a deck.
  ///
  /// - Parameters:
  ///   - file: The deck.
  ///   - folder: Where its includes are.
  ///   - faults: What is wrong in keyword lines; the scan goes on after those.
  /// - Throws: What makes the rest unreadable: a binary file, a line without end, a lost include.
  package init(
    _ file: DeckFile, folder: DeckFolder, faults: inout FaultList
  ) throws(InputFault) {
    self.folder = folder
    try scan(file, faults: &faults)
    if cards.isEmpty, faults.isEmpty {
      throw InputFault(
        at: InputFault.Location(file: file.name), "the file has no keyword",
        remedy: "a deck is made of keyword lines such as *NODE, and data under them")
    }
  }

  /// Scans one file at the end of what was scanned.
  private mutating func scan(_ file: DeckFile, faults: inout FaultList) throws(InputFault) {
    files.append(file.name)
    open.append(file)
    defer { open.removeLast() }
    size += file.bytes.count
    guard size <= DeckFile.largestSize else {
      throw InputFault(
        at: InputFault.Location(file: file.name),
        "the deck and its includes have more than \(DeckFile.largestSize) bytes")
    }
    try refuseBinary(file)
    let bytes = file.bytes
    var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0  // a byte order mark
    var line = 0
    var segmentStart = min(position, bytes.count)  // the last line may have no line feed
    var segmentLine = 1
    var hasLooseText = false
    while position < bytes.count {
      let start = position
      let stop = bytes.withUnsafeBufferPointer {
        LineReader.lineEnd(in: $0, from: start, to: $0.count)
      }
      line += 1
      position = stop + 1
      let place = InputFault.Location(file: file.name, line: line)
      guard stop - start <= DeckFile.longestLine else {
        throw InputFault(
          at: place, DeckFile.tooLongLine,
          remedy: "check that this is a deck: a text file of short lines")
      }
      switch Self.kind(ofLine: start..<stop, in: bytes) {
      case .blank, .comment:
        continue
      case .data:
        if cards.isEmpty, !hasLooseText {
          hasLooseText = true
          faults.add(
            at: place, "there is text before the first keyword",
            remedy: "a deck starts with a keyword line such as *HEADING or *NODE")
        }
      case .keyword(let first):
        close(file, segmentStart..<start, from: segmentLine)
        var text = Self.trimmed(bytes[first..<stop])
        // A keyword line that ends in a comma goes on in the next, where that has parameters.
        while text.hasSuffix(","), Self.heading(in: text) == nil, position < bytes.count {
          let nextStop = bytes.withUnsafeBufferPointer {
            LineReader.lineEnd(in: $0, from: position, to: $0.count)
          }
          guard nextStop - position <= DeckFile.longestLine else { break }
          let next = Self.trimmed(bytes[position..<nextStop])
          guard Self.continuesKeyword(next) else { break }
          text += next
          position = nextStop + 1
          line += 1
        }
        guard let card = card(from: text, at: place, faults: &faults) else {
          segmentStart = min(position, bytes.count)
          segmentLine = line + 1
          continue
        }
        if card.keyword == "INCLUDE" {
          let included = try includedFile(by: card)
          try scan(included, faults: &faults)
        } else if cards.count < Self.largestCardCount {
          cards.append(card)
        } else {
          throw InputFault(at: place, "the deck has more than \(Self.largestCardCount) keywords")
        }
        segmentStart = min(position, bytes.count)
        segmentLine = line + 1
      }
      if faults.isFull { return }
    }
    close(file, segmentStart..<bytes.count, from: segmentLine)
    if open.count == 1, let last = bytes.last { endsMidLine = last != UInt8(ascii: "\n") }
  }

  /// Gives the last card the data lines it has in a file.
  private mutating func close(_ file: DeckFile, _ range: Range<Int>, from line: Int) {
    guard !range.isEmpty, !cards.isEmpty else { return }
    cards[cards.count - 1].segments.append(
      DeckCard.Segment(file: file, range: range, firstLine: line))
  }

  /// The file an include card names.
  private func includedFile(by card: DeckCard) throws(InputFault) -> DeckFile {
    guard var name = card.parameters.last(where: { $0.key == "INPUT" })?.text else {
      throw InputFault(
        at: card.location, "*INCLUDE names no file", remedy: "write *INCLUDE, INPUT=name")
    }
    if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
      name = String(name.dropFirst().dropLast())
    }
    guard !name.isEmpty else {
      throw InputFault(
        at: card.location, "*INCLUDE names no file", remedy: "write *INCLUDE, INPUT=name")
    }
    guard open.count <= Self.deepestInclude else {
      throw InputFault(
        at: card.location, "includes nest deeper than \(Self.deepestInclude) levels",
        remedy: "include the files from the deck itself")
    }
    let file = try folder.file(named: name, at: card.location)
    if let first = open.firstIndex(where: { $0.identity == file.identity }) {
      let chain = open[first...].map(\.name) + [file.name]
      throw InputFault(
        at: card.location,
        chain.count == 2
          ? "the file '\(name)' includes itself"
          : "the files include one another: " + chain.joined(separator: " → "),
        remedy: "remove the *INCLUDE")
    }
    return file
  }

  /// A card from a whole keyword line, or `nil` and a fault.
  private func card(
    from text: String, at place: InputFault.Location, faults: inout FaultList
  ) -> DeckCard? {
    let fields = text.dropFirst().split(separator: ",", omittingEmptySubsequences: false)
    let title = fields.first.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    guard let title, let initial = title.utf8.first, initial | 0x20 >= 0x61, initial | 0x20 <= 0x7A
    else {
      faults.add(
        at: place, "'\(Self.shortened(text))' is not a keyword",
        remedy: "comments start with two asterisks")
      return nil
    }
    if let heading = Self.heading(in: text) {
      return DeckCard(
        keyword: "HEADING", title: "*HEADING", parameters: [], location: place, heading: heading)
    }
    var parameters: [DeckCard.Parameter] = []
    for field in fields.dropFirst() {
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = Self.name(Array(parts[0].utf8)[...])
      if key.isEmpty, parts.count == 1 { continue }
      let raw = parts.count > 1 ? Self.trimmed(Array(parts[1].utf8)[...]) : ""
      parameters.append(
        DeckCard.Parameter(
          key: key, value: parts.count > 1 ? Self.name(Array(raw.utf8)[...]) : nil, text: raw))
    }
    return DeckCard(
      keyword: Self.name(Array(title.utf8)[...]), title: "*" + title.uppercased(),
      parameters: parameters, location: place)
  }

  /// The text after `*HEADING` on its line, as ccx takes everything that starts so; `nil` for other keywords.
  private static func heading(in text: String) -> String? {
    var remaining = text.dropFirst()
    for letter in "HEADING" {
      remaining = remaining.drop { $0.isWhitespace }
      guard remaining.first?.uppercased() == String(letter) else { return nil }
      remaining.removeFirst()
    }
    return trimmed(Array(remaining.drop { $0.isWhitespace || $0 == "," }.utf8)[...])
  }

  /// Whether a line after a keyword line with a comma at its end holds parameters, not data.
  ///
  /// ccx takes it for data, Abaqus for parameters; data never has an equals sign.
  private static func continuesKeyword(_ line: String) -> Bool {
    if line.hasPrefix("*") || line.isEmpty { return false }
    if line.contains("=") { return true }
    let word = line.split(separator: ",").first.map { name(Array($0.utf8)[...]) } ?? ""
    return flags.contains(word)
  }

  /// Parameters without a value.
  private static let flags: Set<String> = [
    "GENERATE", "UNSORTED", "INTERNAL", "FIXED", "DIRECT", "STEADYSTATE", "NLGEOM", "PERTURBATION",
    "NODALTHICKNESS",
  ]

  /// What a line is.
  private enum LineKind {
    case blank, comment, data
    /// A keyword line, and where its asterisk is.
    case keyword(Int)
  }

  /// What a line is; its range lies in the bytes.
  private static func kind(ofLine line: Range<Int>, in bytes: [UInt8]) -> LineKind {
    guard let first = line.first(where: { !DeckNumber.isBlank(bytes[$0]) }) else { return .blank }
    guard bytes[first] == UInt8(ascii: "*") else { return .data }
    let second = (first + 1..<line.upperBound).first { !DeckNumber.isBlank(bytes[$0]) }
    if let second, bytes[second] == UInt8(ascii: "*") { return .comment }
    return .keyword(first)
  }

  /// Throws where a file is not text.
  private func refuseBinary(_ file: DeckFile) throws(InputFault) {
    // One pass without branches, which the compiler turns into vectors.
    let isText = file.bytes.withUnsafeBufferPointer { bytes in
      var controls: UInt8 = 0
      for byte in bytes { controls |= Self.isControl(byte) ? 1 : 0 }
      return controls == 0
    }
    guard !isText, let place = file.bytes.firstIndex(where: Self.isControl) else { return }
    let line = 1 + file.bytes[..<place].count { $0 == 0x0A }
    let hex = String(file.bytes[place], radix: 16)
    throw InputFault(
      at: InputFault.Location(file: file.name, line: line),
      "the file is not text: it has the byte 0x\(hex.count < 2 ? "0" : "")\(hex)",
      remedy: "a deck is a text file; save it as ASCII or UTF-8")
  }

  /// Whether a byte has no place in text: a control code that is no blank.
  @inline(__always)
  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0C && byte != 0x0D && byte != 0x1A
      || byte == 0x7F
  }

  /// Upper case, without blanks: how ccx compares names.
  static func name(_ bytes: ArraySlice<UInt8>) -> String {
    var name: [UInt8] = []
    name.reserveCapacity(bytes.count)
    for byte in bytes where !DeckNumber.isBlank(byte) {
      name.append(byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte)
    }
    return String(decoding: name, as: UTF8.self)
  }

  /// The text without blanks around it.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    guard let first = bytes.firstIndex(where: { !DeckNumber.isBlank($0) }),
      let last = bytes.lastIndex(where: { !DeckNumber.isBlank($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }

  /// A text short enough for a message.
  package static func shortened(_ text: String) -> String {
    text.count <= 40 ? text : text.prefix(37) + "..."
  }
}
