/// A `.dat` as CalculiX prints it, read back: blocks of rows under headers.
public struct DatFile: Sendable, Equatable {
  /// A header and the rows under it.
  public struct Block: Sendable, Equatable {
    /// The header without its time, blanks trimmed: `displacements (vx,vy,vz) for set ALL`.
    public var title: String
    /// The time of the header; `nil` where it has none.
    public var time: Double?
    /// The rows in order.
    public var rows: [Row] = []
  }

  /// One row: what it is about, its numbers and what follows them.
  public struct Row: Sendable, Equatable {
    /// The integers a row starts with (node; or cell and point), as text.
    public var label: String
    /// The real numbers.
    public var values: [Double]
    /// What follows the numbers: `L`, or the name of an orientation.
    public var mark: String
  }

  /// The blocks in order.
  public var blocks: [Block] = []

  /// Reads a `.dat`.
  ///
  /// A line that starts with a number is a row; any other line that is not blank is a header, which
  /// belongs to the next row, or to a block without rows.
  public init(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard let first = words.first else { continue }
      if Self.isNumber(first), !blocks.isEmpty {
        blocks[blocks.count - 1].rows.append(Self.row(line))
      } else {
        blocks.append(Self.block(words))
      }
    }
  }

  private static func block(_ words: [Substring]) -> Block {
    // A time ends the header: "… and time  0.1000000E+01", or glued to the word.
    if let last = words.last, words.dropLast().last == "time", let time = Double(last) {
      let title = words.dropLast(3).joined(separator: " ")
      return Block(title: title, time: time)
    }
    return Block(title: words.joined(separator: " "), time: nil)
  }

  private static func row(_ line: Substring) -> Row {
    var label: [Substring] = []
    var values: [Double] = []
    var mark: [Substring] = []
    for word in line.split(separator: " ") {
      if !mark.isEmpty {
        mark.append(word)
      } else if isReal(word) {
        // Columns without a blank between them: a minus sign after a digit starts a new number.
        values += split(word)
      } else if values.isEmpty, Int(word) != nil {
        label.append(word)
      } else {
        mark.append(word)
      }
    }
    return Row(
      label: label.joined(separator: " "), values: values, mark: mark.joined(separator: " "))
  }

  /// Whether a word starts a row.
  private static func isNumber(_ word: Substring) -> Bool {
    guard Int(word) != nil || isReal(word) else { return false }
    return true
  }

  private static func isReal(_ word: Substring) -> Bool {
    guard word.contains(".") || word == "NaN" || word.hasSuffix("Infinity") else { return false }
    return !split(word).contains { $0.isNaN } || word == "NaN"
  }

  /// The numbers of a word: usually one; exponents of three digits have no letter.
  private static func split(_ word: Substring) -> [Double] {
    if let value = Double(word) { return [value] }
    // 1.000000-100
    if let sign = word.dropFirst().lastIndex(where: { $0 == "-" || $0 == "+" }),
      let value = Double(word[..<sign] + "E" + word[sign...])
    {
      return [value]
    }
    return [.nan]
  }
}
