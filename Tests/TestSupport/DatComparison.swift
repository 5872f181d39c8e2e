/// How two `.dat` files differ, block by block and row by row.
///
/// A number agrees where it differs by no more than `tolerance` times the largest number of its kind in its
/// block, as the first file has it. Numbers of a kind share a unit: all components of a displacement,
/// stress or flux. Totals are compared with the largest number they are a sum of, where that is printed before
/// them: a sum of balanced forces is round-off in both files.
public struct DatComparison: Sendable {
  /// A place where the files disagree.
  public struct Difference: Sendable, CustomStringConvertible {
    /// The block, from 1.
    public var block: Int
    /// The header of the block.
    public var title: String
    /// The time of the block.
    public var time: Double?
    /// The row, or what is wrong with the block as a whole.
    public var place: String
    /// What the first file has.
    public var expected: String
    /// What the second file has.
    public var found: String
    /// The difference over the largest value of the block; `nil` where no numbers are compared.
    public var relative: Double?

    /// `block 2 'stresses … for set EALL' at 1.0, row 3 1 value 2: expected 1.0, found 1.1 (1.0e-01 of the largest)`
    public var description: String {
      let moment = time.map { " at \($0)" } ?? ""
      let size = relative.map { " (\($0) of the largest)" } ?? ""
      return
        "block \(block) '\(title)'\(moment), \(place): expected \(expected), found \(found)\(size)"
    }
  }

  /// The worst difference of each block that differs, and blocks missing or out of order.
  public private(set) var differences: [Difference] = []
  /// The largest relative difference of any number.
  public private(set) var worst = 0.0
  /// The largest number of the block before, with which totals are compared.
  private var largestBefore = 0.0
  /// How many numbers were compared.
  public private(set) var valueCount = 0

  /// Compares two files.
  ///
  /// - Parameters:
  ///   - expected: The file that is right.
  ///   - found: The file in question.
  ///   - tolerance: The difference allowed, over the largest value of a block.
  ///   - noise: Values of a block that are all below this are taken for zero.
  public init(expected: DatFile, found: DatFile, tolerance: Double = 1e-5, noise: Double = 0) {
    self.init(expected: expected, found: found, tolerance: tolerance, noiseOf: { _ in noise })
  }

  /// Compares two files whose blocks have noise of their own.
  ///
  /// - Parameters:
  ///   - expected: The file that is right.
  ///   - found: The file in question.
  ///   - tolerance: The difference allowed, over the largest value of a block.
  ///   - noiseOf: Below what the values of a block are taken for zero where all of them are.
  public init(
    expected: DatFile, found: DatFile, tolerance: Double, noiseOf: (DatFile.Block) -> Double
  ) {
    for index in 0..<max(expected.blocks.count, found.blocks.count) {
      guard index < found.blocks.count else {
        note(index, expected.blocks[index], "the block", "present", "missing")
        continue
      }
      guard index < expected.blocks.count else {
        note(index, found.blocks[index], "the block", "no such block", "present")
        continue
      }
      let block = expected.blocks[index]
      compare(index, block, found.blocks[index], tolerance, noiseOf(block))
    }
  }

  /// Whether the files agree.
  public var agrees: Bool { differences.isEmpty }

  private mutating func note(
    _ index: Int, _ block: DatFile.Block, _ place: String, _ expected: String, _ found: String,
    _ relative: Double? = nil
  ) {
    differences.append(
      Difference(
        block: index + 1, title: block.title, time: block.time, place: place, expected: expected,
        found: found, relative: relative))
  }

  private mutating func compare(
    _ index: Int, _ expected: DatFile.Block, _ found: DatFile.Block, _ tolerance: Double,
    _ noise: Double
  ) {
    guard expected.title == found.title else {
      return note(index, expected, "the header", expected.title, found.title)
    }
    guard expected.time == found.time else {
      return note(
        index, expected, "the time", "\(expected.time ?? .nan)", "\(found.time ?? .nan)")
    }
    guard expected.rows.count == found.rows.count else {
      return note(
        index, expected, "the rows", "\(expected.rows.count) rows", "\(found.rows.count) rows")
    }
    var largest = expected.rows.reduce(0) { $1.values.reduce($0) { max($0, abs($1)) } }
    if expected.title.hasPrefix("total ") { largest = max(largest, largestBefore) }
    largestBefore = largest
    let foundLargest = found.rows.reduce(0) { $1.values.reduce($0) { max($0, abs($1)) } }
    if largest <= noise, foundLargest <= noise { return }
    var worstHere: Difference?
    for (a, b) in zip(expected.rows, found.rows) {
      guard a.label == b.label, a.mark == b.mark, a.values.count == b.values.count else {
        return note(
          index, expected, "row \(a.label)", "\(a.label) … \(a.values.count) values '\(a.mark)'",
          "\(b.label) … \(b.values.count) values '\(b.mark)'")
      }
      for (column, (x, y)) in zip(a.values, b.values).enumerated() {
        valueCount += 1
        if x == y || (x.isNaN && y.isNaN) { continue }
        let relative = abs(x - y) / max(largest, .leastNormalMagnitude)
        worst = relative.isNaN ? .infinity : max(worst, relative)
        // Written so that a NaN fails.
        if !(relative <= tolerance), !(relative <= worstHere?.relative ?? 0) {
          worstHere = Difference(
            block: index + 1, title: expected.title, time: expected.time,
            place: "row \(a.label) value \(column + 1)", expected: "\(x)", found: "\(y)",
            relative: relative)
        }
      }
    }
    if let worstHere { differences.append(worstHere) }
  }
}
