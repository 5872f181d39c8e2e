public import Files

/// One data line of a card, split at its commas.
package struct DataLine: Sendable {
  private let file: DeckFile
  private let fields: [Range<Int>]
  /// The line, from 1.
  package let number: Int

  init(file: DeckFile, number: Int, start: Int, end: Int) {
    self.file = file
    self.number = number
    var fields: [Range<Int>] = []
    fields.reserveCapacity(8)
    var first = start
    for position in start..<end where file.bytes[position] == UInt8(ascii: ",") {
      fields.append(first..<position)
      first = position + 1
    }
    // A comma at the end of the line opens no field.
    if file.bytes[first..<end].contains(where: { !DeckNumber.isBlank($0) }) {
      fields.append(first..<end)
    }
    self.fields = fields
  }

  /// Where the line is.
  package var location: InputFault.Location {
    InputFault.Location(file: file.name, line: number)
  }

  /// The number of fields; a comma at the end of the line opens none.
  package var count: Int { fields.count }

  /// Whether a field is blank or missing.
  package func isBlank(_ field: Int) -> Bool {
    field >= fields.count || file.bytes[fields[field]].allSatisfy(DeckNumber.isBlank)
  }

  /// A field in upper case, without blanks; empty where it is missing.
  package func name(_ field: Int) -> String {
    guard field < fields.count else { return "" }
    return DeckScanner.name(file.bytes[fields[field]])
  }

  /// A field as it is, without blanks around it; empty where it is missing.
  package func text(_ field: Int) -> String {
    guard field < fields.count else { return "" }
    return DeckScanner.trimmed(file.bytes[fields[field]])
  }

  /// A field as a whole number; `nil` where it is none.
  package func integer(_ field: Int) -> Int? {
    guard field < fields.count else { return nil }
    let range = fields[field]
    return file.bytes.withUnsafeBufferPointer {
      DeckNumber.integer(in: $0, from: range.lowerBound, to: range.upperBound)
    }
  }

  /// A field as a number; `nil` where it is none, or beyond double precision.
  package func double(_ field: Int) -> Double? {
    guard field < fields.count else { return nil }
    let range = fields[field]
    return file.bytes.withUnsafeBufferPointer {
      DeckNumber.double(in: $0, from: range.lowerBound, to: range.upperBound)
    }
  }

  /// Every field in upper case, without blanks.
  package var names: [String] { fields.indices.map(name) }
}
