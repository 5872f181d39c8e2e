internal import Files

/// Reads the Python literal in the header of an `.npy` file: three keys, a text, a truth and a tuple of whole numbers.
///
/// Nothing is evaluated and nothing nests, so no header costs more than one pass over it.
struct NpyLiteral {
  /// What the three keys say.
  struct Entries {
    var element: NpyElement
    var isFortranOrder: Bool
    var shape: [Int]
  }

  private let bytes: [UInt8]
  private let end: Int
  private let file: String
  private var place: Int

  /// A literal at some bytes of a file.
  init(_ bytes: [UInt8], from start: Int, to end: Int, file: String) {
    self.bytes = bytes
    self.end = end
    self.file = file
    place = start
  }

  /// Reads the whole header; keys come in any order, each once.
  mutating func entries() throws(InputFault) -> Entries {
    let start = place
    var element: NpyElement?
    var isFortranOrder: Bool?
    var shape: [Int]?
    try expect("{")
    while !take("}") {
      let keyPlace = place
      let key = try text("a key in quotes or '}'")
      try expect(":")
      let isNew: Bool
      switch key {
      case "descr":
        isNew = element == nil
        element = try self.element()
      case "fortran_order":
        isNew = isFortranOrder == nil
        isFortranOrder = try truth()
      case "shape":
        isNew = shape == nil
        shape = try tuple()
      default:
        throw fault(
          keyPlace, "the header has an unknown key '\(key.prefix(40))'",
          "its keys are 'descr', 'fortran_order' and 'shape'")
      }
      guard isNew else { throw fault(keyPlace, "the header has the key '\(key)' twice") }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipBlanks()
    guard place == end else {
      throw fault(
        place, "the header continues after its '}'", "only blanks and a line feed may follow it")
    }
    guard let element else { throw fault(start, "the header has no 'descr'") }
    guard let isFortranOrder else { throw fault(start, "the header has no 'fortran_order'") }
    guard let shape else { throw fault(start, "the header has no 'shape'") }
    return Entries(element: element, isFortranOrder: isFortranOrder, shape: shape)
  }

  private mutating func element() throws(InputFault) -> NpyElement {
    skipBlanks()
    let namePlace = place
    if place < end, bytes[place] == UInt8(ascii: "[") {
      throw fault(namePlace, "the array's elements are records", NpyElement.expected)
    }
    let name = try text("the type of the elements in quotes")
    if let element = NpyElement(rawValue: name) { return element }
    // '<u1' and '=b1' say the same as '|u1' and '|b1': one byte has no order.
    if name.count == 3, let element = NpyElement(rawValue: "|" + name.dropFirst()) {
      return element
    }
    guard !name.hasSuffix("O") else {
      throw fault(
        namePlace,
        "the array holds pickled Python objects ('\(name.prefix(40))'), which are not loaded",
        NpyElement.expected)
    }
    throw fault(
      namePlace, "elements of type '\(name.prefix(40))' are not read", NpyElement.expected)
  }

  private mutating func truth() throws(InputFault) -> Bool {
    skipBlanks()
    for (word, value) in [("True", true), ("False", false)] {
      if bytes[place..<end].starts(with: word.utf8) {
        place += word.utf8.count
        return value
      }
    }
    throw expected("True or False")
  }

  private mutating func tuple() throws(InputFault) -> [Int] {
    var numbers: [Int] = []
    try expect("(")
    while !take(")") {
      numbers.append(try whole())
      if !take(",") {
        try expect(")")
        // (64) is a number in brackets, not a tuple.
        guard numbers.count != 1 else { throw expected("a comma in the tuple of one length") }
        break
      }
    }
    return numbers
  }

  private mutating func whole() throws(InputFault) -> Int {
    skipBlanks()
    let numberPlace = place
    let isNegative = take("-")
    let digits = place
    var number = 0
    while place < end, case let digit = bytes[place] &- UInt8(ascii: "0"), digit < 10 {
      let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = product.addingReportingOverflow(Int(digit))
      guard !isTooLarge, !isLarger else {
        throw fault(numberPlace, "a length of the shape has more digits than any array")
      }
      number = sum
      place += 1
    }
    guard place > digits else { throw expected("a length, a whole number") }
    guard !isNegative else {
      throw fault(
        numberPlace, "a length of the shape is negative: -\(number)", "lengths are 0 or more")
    }
    // Python 2 wrote 64L.
    if place < end, bytes[place] == UInt8(ascii: "L") { place += 1 }
    return number
  }

  /// A text in single or double quotes, of printable ASCII without escapes.
  private mutating func text(_ what: String) throws(InputFault) -> String {
    skipBlanks()
    guard place < end, case let quote = bytes[place],
      quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
    else { throw expected(what) }
    let start = place
    place += 1
    var text = ""
    while place < end, bytes[place] != quote {
      let byte = bytes[place]
      guard (0x20..<0x7F).contains(byte), byte != UInt8(ascii: "\\") else {
        throw fault(place, "a text in the header has more than plain ASCII letters")
      }
      text.unicodeScalars.append(Unicode.Scalar(byte))
      place += 1
    }
    guard place < end else { throw fault(start, "a text in the header has no end") }
    place += 1
    return text
  }

  private mutating func skipBlanks() {
    while place < end, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard place < end, bytes[place] == UInt8(ascii: mark) else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws(InputFault) {
    guard take(mark) else { throw expected("'\(mark)'") }
  }

  private func expected(_ what: String) -> InputFault {
    guard place < end else { return fault(place, "the header ends where \(what) is expected") }
    let byte = bytes[place]
    let character =
      (0x20..<0x7F).contains(byte)
      ? "'\(Unicode.Scalar(byte))'" : "a byte that is not a printable ASCII character"
    return fault(place, "the header has \(character) where \(what) is expected")
  }

  private func fault(_ byte: Int, _ problem: String, _ remedy: String = "") -> InputFault {
    InputFault(at: .init(file: file, byte: byte), problem, remedy: remedy)
  }
}
