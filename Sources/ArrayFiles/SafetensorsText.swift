internal import Files

/// Reads the JSON of a `.safetensors` header: an object of arrays' records and, perhaps, one of texts.
///
/// Nothing else is taken and nothing nests deeper, so no header costs more than one pass over it. A key that comes twice is
/// refused: readers that take the first and readers that take the last would see different arrays.
struct SafetensorsText {
  private let bytes: [UInt8]
  private let file: String
  private var place = 0

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// Reads the whole header.
  mutating func header() throws(InputFault) -> ([SafetensorsEntry], [String: String]) {
    var entries: [SafetensorsEntry] = []
    var metadata: [String: String]?
    var names: Set<String> = []
    guard bytes.first == UInt8(ascii: "{") else {
      throw fault(0, "the header does not begin with '{'", "a .safetensors file is expected")
    }
    try object { reader, name, keyPlace throws(InputFault) in
      guard names.insert(name).inserted else {
        throw reader.fault(keyPlace, "the header has the name \(Self.quoted(name)) twice")
      }
      if name == SafetensorsHeader.metadataKey {
        metadata = try reader.texts()
      } else {
        entries.append(try reader.entry(name))
      }
    }
    skipBlanks()
    guard place == bytes.count else {
      throw fault(place, "the header continues after its '}'", "only blanks may follow it")
    }
    return (entries, metadata ?? [:])
  }

  /// The texts of `__metadata__`.
  private mutating func texts() throws(InputFault) -> [String: String] {
    var texts: [String: String] = [:]
    try object { reader, key, keyPlace throws(InputFault) in
      let value = try reader.text("a text in quotes")
      guard texts.updateValue(value, forKey: key) == nil else {
        throw reader.fault(keyPlace, "the metadata has the key \(Self.quoted(key)) twice")
      }
    }
    return texts
  }

  /// The record of one array.
  private mutating func entry(_ name: String) throws(InputFault) -> SafetensorsEntry {
    skipBlanks()
    let start = place
    var element: SafetensorsElement?
    var shape: [Int]?
    var offsets: [Int]?
    try object { reader, key, keyPlace throws(InputFault) in
      let isNew: Bool
      switch key {
      case "dtype":
        isNew = element == nil
        element = try reader.element(of: name)
      case "shape":
        isNew = shape == nil
        shape = try reader.wholes(atMost: SafetensorsHeader.mostAxes)
      case "data_offsets":
        isNew = offsets == nil
        offsets = try reader.wholes(atMost: 2)
      default:
        throw reader.fault(
          keyPlace, "the array \(Self.quoted(name)) has an unknown key \(Self.quoted(key))",
          "its keys are 'dtype', 'shape' and 'data_offsets'")
      }
      guard isNew else {
        throw reader.fault(keyPlace, "the array \(Self.quoted(name)) has the key '\(key)' twice")
      }
    }
    func missing(_ key: String) -> InputFault {
      fault(start, "the array \(Self.quoted(name)) has no '\(key)'")
    }
    guard let element else { throw missing("dtype") }
    guard let shape else { throw missing("shape") }
    guard let offsets else { throw missing("data_offsets") }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw fault(
        start, "the array \(Self.quoted(name)) has the data offsets \(offsets)",
        "two are expected, begin and end")
    }
    let size = SafetensorsEntry.byteCount(of: element, shape: shape)
    guard size == offsets[1] - offsets[0] else {
      let needed = size.map { "\($0) bytes" } ?? "more bytes than there can be"
      throw fault(
        start,
        "the array \(Self.quoted(name)) of \(NumericArray.text(ofShape: shape)) as \(element.rawValue) needs \(needed), and has \(offsets[1] - offsets[0])"
      )
    }
    return SafetensorsEntry(
      name: name, element: element, shape: shape, range: offsets[0]..<offsets[1])
  }

  private mutating func element(of name: String) throws(InputFault) -> SafetensorsElement {
    skipBlanks()
    let start = place
    let type = try text("the type of the elements in quotes")
    guard let element = SafetensorsElement(rawValue: type) else {
      throw fault(
        start, "the array \(Self.quoted(name)) has elements of type \(Self.quoted(type))",
        SafetensorsElement.expected)
    }
    return element
  }

  /// An object; each key is handed on with its place, and its value read by `value`.
  private mutating func object(
    _ value: (inout Self, String, Int) throws(InputFault) -> Void
  ) throws(InputFault) {
    try expect("{")
    guard !take("}") else { return }
    repeat {
      skipBlanks()
      let keyPlace = place
      let key = try text("a key in quotes")
      try expect(":")
      try value(&self, key, keyPlace)
    } while take(",")
    try expect("}")
  }

  private mutating func wholes(atMost limit: Int) throws(InputFault) -> [Int] {
    var numbers: [Int] = []
    try expect("[")
    guard !take("]") else { return numbers }
    repeat {
      guard numbers.count < limit else {
        throw fault(place, "a list has more than \(limit) numbers")
      }
      numbers.append(try whole())
    } while take(",")
    try expect("]")
    return numbers
  }

  private mutating func whole() throws(InputFault) -> Int {
    skipBlanks()
    let start = place
    var number = 0
    while place < bytes.count, case let digit = bytes[place] &- UInt8(ascii: "0"), digit < 10 {
      let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = product.addingReportingOverflow(Int(digit))
      guard !isTooLarge, !isLarger else {
        throw fault(start, "a number has more digits than any size")
      }
      number = sum
      place += 1
    }
    guard place > start else { throw expected("a whole number, 0 or more,") }
    guard place == start + 1 || bytes[start] != UInt8(ascii: "0") else {
      throw fault(start, "a number begins with 0, which JSON does not allow")
    }
    return number
  }

  /// A JSON text.
  private mutating func text(_ what: String) throws(InputFault) -> String {
    guard take("\"") else { throw expected(what) }
    let start = place - 1
    var text: [UInt8] = []
    while true {
      guard place < bytes.count else { throw fault(start, "a text in the header has no end") }
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") { break }
      guard byte >= 0x20 else {
        throw fault(place, "a text in the header has a control character that is not escaped")
      }
      place += 1
      if byte == UInt8(ascii: "\\") {
        try appendEscaped(to: &text)
      } else {
        text.append(byte)
      }
    }
    place += 1
    guard let string = String(validating: text, as: UTF8.self) else {
      throw fault(start, "a text in the header is not UTF-8")
    }
    return string
  }

  /// Appends what stands behind a backslash, in UTF-8.
  private mutating func appendEscaped(to text: inout [UInt8]) throws(InputFault) {
    let start = place - 1
    guard place < bytes.count else { throw fault(start, "a text in the header has no end") }
    defer { place += 1 }
    switch UnicodeScalar(bytes[place]) {
    case "\"", "\\", "/": text.append(bytes[place])
    case "b": text.append(0x08)
    case "f": text.append(0x0C)
    case "n": text.append(0x0A)
    case "r": text.append(0x0D)
    case "t": text.append(0x09)
    case "u":
      var code = try hexadecimal(start)
      if (0xD800..<0xDC00).contains(code), place + 2 < bytes.count,
        bytes[place + 1] == UInt8(ascii: "\\"), bytes[place + 2] == UInt8(ascii: "u")
      {
        place += 2
        let low = try hexadecimal(start)
        guard (0xDC00..<0xE000).contains(low) else {
          throw fault(start, "a text in the header has half a surrogate pair")
        }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = UnicodeScalar(code) else {
        throw fault(start, "a text in the header has half a surrogate pair")
      }
      text.append(contentsOf: UTF8.encode(scalar) ?? .init())
    default: throw fault(start, "a text in the header has an unknown escape")
    }
  }

  /// Four hexadecimal digits behind `place`, which moves to the last.
  private mutating func hexadecimal(_ start: Int) throws(InputFault) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      place += 1
      guard place < bytes.count, let digit = Self.digit(bytes[place]) else {
        throw fault(start, "a text in the header has an unknown escape")
      }
      code = code << 4 | digit
    }
    return code
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    default: nil
    }
  }

  private mutating func skipBlanks() {
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard place < bytes.count, bytes[place] == UInt8(ascii: mark) else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws(InputFault) {
    guard take(mark) else { throw expected("'\(mark)'") }
  }

  private func expected(_ what: String) -> InputFault {
    guard place < bytes.count else {
      return fault(place, "the header ends where \(what) is expected")
    }
    let byte = bytes[place]
    let character =
      (0x20..<0x7F).contains(byte)
      ? "'\(Unicode.Scalar(byte))'" : "a byte that is not a printable ASCII character"
    return fault(place, "the header has \(character) where \(what) is expected")
  }

  /// A fault at a byte of the header, which begins at byte 8 of the file.
  private func fault(_ byte: Int, _ problem: String, _ remedy: String = "") -> InputFault {
    InputFault(at: .init(file: file, byte: 8 + byte), problem, remedy: remedy)
  }

  /// A name for a message, cut where it is long.
  static func quoted(_ name: String) -> String {
    "'\(name.count > 60 ? name.prefix(60) + "…" : name)'"
  }

  /// A JSON text, escaped no more than it must be.
  static func json(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
