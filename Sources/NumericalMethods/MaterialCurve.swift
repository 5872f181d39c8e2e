/// Material constants against temperature: linear between the rows of a table, constant outside it.
///
/// That is how CalculiX reads a table.
public struct MaterialCurve: Sendable, Equatable, Codable {
  /// The number of constants per row.
  public let width: Int
  /// Temperatures of the rows, increasing.
  public let temperatures: [Double]
  /// Constants row after row, ``width`` each.
  public let values: [Double]

  /// A table with one row per temperature.
  ///
  /// - Parameter rows: Temperatures in increasing order, and as many constants in every row.
  public init(_ rows: [(temperature: Double, values: [Double])]) {
    precondition(!rows.isEmpty, "a material table without rows")
    width = rows[0].values.count
    temperatures = rows.map(\.temperature)
    values = rows.flatMap(\.values)
    precondition(values.count == rows.count * width, "rows of different length")
  }

  /// Constants that do not depend on temperature.
  public static func constant(_ values: Double...) -> Self { Self([(0, values)]) }

  /// Constants that do not depend on temperature.
  public static func constant(_ values: [Double]) -> Self { Self([(0, values)]) }

  /// Whether the constants are the same at all temperatures.
  public var isConstant: Bool { temperatures.count == 1 }

  /// One constant at a temperature.
  public func value(_ index: Int = 0, at temperature: Double) -> Double {
    let last = temperatures.count - 1
    if last == 0 || !(temperature > temperatures[0]) { return values[index] }
    if temperature >= temperatures[last] { return values[last * width + index] }
    let upper = temperatures.firstIndex { $0 > temperature } ?? last
    let (from, to) = (temperatures[upper - 1], temperatures[upper])
    let share = (temperature - from) / (to - from)
    return (1 - share) * values[(upper - 1) * width + index] + share * values[upper * width + index]
  }

  /// All constants at a temperature.
  public func values(at temperature: Double) -> [Double] {
    (0..<width).map { value($0, at: temperature) }
  }
}
