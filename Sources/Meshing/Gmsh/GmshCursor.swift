/// A place in the bytes of a Gmsh file, moving forward over text or binary numbers.
///
/// Every read is checked against the bytes left. In text each record is one line: what is missing or
/// too much on it is found there, not at the end of the section.
struct GmshCursor {
  /// The file.
  let bytes: [UInt8]
  /// The next byte.
  private(set) var position = 0
  /// Whether numbers are binary.
  var isBinary = false
  /// Whether binary numbers have their bytes in the other order than this processor.
  var isForeign = false

  /// A cursor at the beginning.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The bytes not yet read.
  var remaining: Int { bytes.count - position }

  /// A fault here.
  func fault(_ problem: String, remedy: String = "") -> GmshFault {
    GmshFault(offset: position, problem: problem, remedy: remedy)
  }

  // MARK: Sections

  /// The name of the next section, without its `$`; `nil` at the end of the file.
  mutating func sectionName() throws(GmshFault) -> String? {
    skipSpace()
    guard remaining > 0 else { return nil }
    guard bytes[position] == UInt8(ascii: "$") else {
      throw fault(
        "'\(excerpt())' stands outside of any section",
        remedy: "a section begins with $ and its name, as in $Nodes")
    }
    let start = position
    let name = try line(upTo: 64)
    guard !name.hasPrefix("$End") else {
      throw GmshFault(offset: start, problem: "\(name) ends a section that has not begun")
    }
    return String(name.dropFirst())
  }

  /// Reads `$End` and the name.
  mutating func endSection(_ name: String) throws(GmshFault) {
    skipSpace()
    guard remaining > 0 else { throw truncation(in: name) }
    let start = position
    guard bytes[position] == UInt8(ascii: "$") else {
      throw fault("$\(name) holds more than its count says: '\(excerpt())'")
    }
    let end = try line(upTo: 64)
    guard end == "$End\(name)" else {
      throw GmshFault(
        offset: start, problem: "'\(end)' stands where $End\(name) belongs")
    }
  }

  /// Passes over the contents of a section and its end.
  mutating func skipSection(_ name: String) throws(GmshFault) {
    let end = Array("$End\(name)".utf8)
    // The end begins a line; in a binary section it follows a line feed too.
    var next = position
    while next <= bytes.count - end.count {
      if bytes[next] == end[0], next == 0 || bytes[next - 1] == UInt8(ascii: "\n"),
        bytes[next..<next + end.count].elementsEqual(end)
      {
        position = next
        return try endSection(name)
      }
      next += 1
    }
    throw truncation(in: name)
  }

  private func truncation(in name: String) -> GmshFault {
    GmshFault(
      offset: bytes.count, problem: "the file ends inside $\(name)",
      remedy: "it is cut short: write it again")
  }

  // MARK: Numbers

  /// A whole number of 32 bits.
  @inline(__always)
  mutating func integer(_ what: StaticString) throws(GmshFault) -> Int {
    isBinary ? Int(try Int32(bitPattern: binary(what))) : try word(what, Self.integer)
  }

  /// A count or label, 64 bits in binary files of version 4.
  @inline(__always)
  mutating func size(_ what: StaticString) throws(GmshFault) -> Int {
    guard isBinary else { return try word(what, Self.integer) }
    let value: UInt64 = try binary(what)
    return Int(clamping: value)
  }

  /// A finite number.
  @inline(__always)
  mutating func real(_ what: StaticString) throws(GmshFault) -> Double {
    guard isBinary else { return try word(what, Self.real) }
    let start = position
    let value = Double(bitPattern: try binary(what))
    guard value.isFinite else {
      throw GmshFault(offset: start, problem: "the \(what) is \(value), not a finite number")
    }
    return value
  }

  /// A count, checked against the bytes left before anyone takes memory for it.
  ///
  /// - Parameters:
  ///   - count: What the file claims.
  ///   - what: What is counted, in the plural.
  ///   - text: The least bytes one of them takes in a text file.
  ///   - binary: The least bytes one of them takes in a binary file.
  func check(_ count: Int, _ what: StaticString, text: Int, binary: Int) throws(GmshFault) {
    guard count >= 0, count <= (remaining + 1) / (isBinary ? binary : text) else {
      throw fault(
        "\(count) \(what) are announced, and the file has only \(remaining) bytes left",
        remedy: "it is cut short or damaged: write it again")
    }
  }

  private mutating func binary<Value: FixedWidthInteger>(
    _ what: StaticString
  ) throws(GmshFault) -> Value {
    let size = MemoryLayout<Value>.size
    guard remaining >= size else {
      throw GmshFault(
        offset: bytes.count, problem: "the file ends before the \(what)",
        remedy: "it is cut short: write it again")
    }
    let value = bytes.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: position, as: Value.self)
    }
    position += size
    return isForeign ? value.byteSwapped : value
  }

  // MARK: Text

  /// Goes to the next line that is not blank; nothing in a binary file.
  mutating func beginLine(_ what: StaticString) throws(GmshFault) {
    guard !isBinary else { return }
    skipSpace()
    guard remaining > 0 else {
      throw fault("the file ends before the \(what)", remedy: "it is cut short: write it again")
    }
    guard bytes[position] != UInt8(ascii: "$") else {
      throw fault("the section ends before the \(what); its count says more")
    }
  }

  /// Makes sure that nothing is left on the line; nothing in a binary file.
  mutating func endLine(_ what: StaticString) throws(GmshFault) {
    guard !isBinary else { return }
    skipBlanks()
    guard remaining == 0 || bytes[position] == UInt8(ascii: "\n") else {
      throw fault("'\(excerpt())' stands where the line should end, after the \(what)")
    }
  }

  /// The rest of the line, without blanks around it and without moving past the line feed.
  mutating func restOfLine() -> ArraySlice<UInt8> {
    skipBlanks()
    let start = position
    while remaining > 0, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    return bytes[start..<position]
  }

  /// Moves past the line feed that ends a line of text before binary numbers.
  mutating func passLineFeed() throws(GmshFault) {
    let line = restOfLine()
    guard line.allSatisfy(Self.isBlank), remaining > 0 else {
      throw fault("a line end is missing")
    }
    position += 1
  }

  private mutating func line(upTo limit: Int) throws(GmshFault) -> String {
    let start = position
    while remaining > 0, bytes[position] != UInt8(ascii: "\n") {
      position += 1
      guard position - start <= limit else {
        throw GmshFault(
          offset: start, problem: "'\(excerpt(at: start))' is not the name of a section")
      }
    }
    var end = position
    if remaining > 0 { position += 1 }
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    guard bytes[start..<end].allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw GmshFault(
        offset: start, problem: "'\(excerpt(at: start))' is not the name of a section")
    }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  @inline(__always)
  private mutating func word<Value>(
    _ what: StaticString, _ parse: (UnsafeBufferPointer<UInt8>, Int, Int) -> Value?
  ) throws(GmshFault) -> Value {
    skipBlanks()
    let start = position
    while position < bytes.count, bytes[position] > 0x20 { position += 1 }
    guard position > start else {
      guard remaining > 0 else {
        throw fault("the file ends before the \(what)", remedy: "it is cut short: write it again")
      }
      throw fault("the line ends before the \(what)")
    }
    // The range lies within the bytes: both ends are positions of this cursor.
    guard let value = bytes.withUnsafeBufferPointer({ parse($0, start, position) }) else {
      let text = excerpt(at: start, to: position)
      throw GmshFault(
        offset: start, problem: "the \(what) is wrong: " + DeckNumber.complaint(about: text))
    }
    return value
  }

  private static func integer(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Int? {
    DeckNumber.integer(in: bytes, from: start, to: end)
  }

  /// A number as C prints it; Fortran's forms `1d3` and `1-3`, which decks may have, are none here.
  private static func real(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Double? {
    for position in start..<end {
      let byte = bytes[position]
      if byte > UInt8(ascii: "9"), byte | 0x20 != UInt8(ascii: "e") { return nil }
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"), position > start,
        bytes[position - 1] | 0x20 != UInt8(ascii: "e")
      {
        return nil
      }
    }
    return DeckNumber.double(in: bytes, from: start, to: end)
  }

  @inline(__always)
  private mutating func skipBlanks() {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
  }

  @inline(__always)
  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] == 0x0A || Self.isBlank(bytes[position]) {
      position += 1
    }
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool { DeckNumber.isBlank(byte) }

  /// A few characters from here to the end of the line, fit to be printed.
  private func excerpt(at start: Int? = nil, to end: Int? = nil) -> String {
    let start = start ?? position
    let most = min(start + 40, end ?? bytes.count)
    return String(
      decoding: bytes[start..<most].prefix { $0 != 0x0A }.map {
        $0 < 0x20 || $0 > 0x7E ? 0x3F : $0
      },
      as: UTF8.self)
  }
}
