internal import Glibc

/// The numbers of a `.dat` file, enough to see whether two programs answer alike.
enum DatFile {
  /// The largest difference of two files' rows, over the largest number of the first.
  static func largestDifference(_ first: String, _ second: String) throws -> Double {
    let (a, b) = (try rows(first), try rows(second))
    guard a.count == b.count, !a.isEmpty else {
      throw BenchError.wrongAnswer("\(a.count) and \(b.count) printed rows")
    }
    var largest = 0.0
    var difference = 0.0
    for (x, y) in zip(a, b) {
      guard x.label == y.label, x.values.count == y.values.count else {
        throw BenchError.wrongAnswer("rows of \(x.label) and \(y.label)")
      }
      for (u, v) in zip(x.values, y.values) {
        guard u.isFinite, v.isFinite else { throw BenchError.wrongAnswer("a value is not finite") }
        largest = max(largest, abs(u))
        difference = max(difference, abs(u - v))
      }
    }
    guard largest > 0 else { throw BenchError.wrongAnswer("all values are zero") }
    return difference / largest
  }

  private static func rows(_ path: String) throws -> [(label: Int, values: [Double])] {
    guard let file = fopen(path, "r") else {
      throw BenchError.cannotRun(path, String(cString: strerror(errno)))
    }
    defer { fclose(file) }
    var rows: [(label: Int, values: [Double])] = []
    var line = [CChar](repeating: 0, count: 400)
    while fgets(&line, 400, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      let words = text.split(whereSeparator: \.isWhitespace)
      guard let first = words.first, let label = Int(first) else { continue }
      rows.append((label, words.dropFirst().compactMap { Double($0) }))
    }
    return rows
  }
}
