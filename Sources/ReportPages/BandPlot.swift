import DesignValidation

/// Figures of models beside the band that they may lie in.
///
/// A dot is what a model says, with two standard deviations of its mesh error to both sides; full dots are of models that decide.
/// The band is the tolerance, or what a limit allows.
struct BandPlot {
  /// What a model says.
  private struct Row {
    var name: String
    var value: Double
    var deviation: Double
    var style: String
    var isStated: Bool
  }

  /// Models shown at most, those that decide first.
  private static let rowLimit = 8
  private let rows: [Row]
  private let low, high: Double?
  private let expected: Double?
  private let expectedDeviation: Double
  private let unit: String
  private let label: String

  /// The tolerance band of a quantity.
  init(_ quantity: QuantityResult) {
    rows = Self.rows(of: quantity.readings)
    let (value, size) = (quantity.reference.value, abs(quantity.tolerance.absolute))
    (low, high, expected) = (
      Self.finite(value - size), Self.finite(value + size), Self.finite(value)
    )
    expectedDeviation = Self.finite(quantity.reference.uncertainty) ?? 0
    unit = quantity.unit
    label = "Tolerance band. " + PageText.sentence(for: quantity)
  }

  /// The side of a limit that is allowed.
  init(_ limit: LimitResult) {
    rows = Self.rows(of: limit.readings)
    low = limit.bound == .above ? Self.finite(limit.limit) : nil
    high = limit.bound == .below ? Self.finite(limit.limit) : nil
    expected = nil
    expectedDeviation = 0
    unit = limit.unit
    label = "Limit. " + PageText.sentence(for: limit)
  }

  private static func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

  private static func rows(of readings: [ReadingResult]) -> [Row] {
    let ordered = readings.filter(\.isStated) + readings.filter { !$0.isStated }
    return ordered.compactMap { reading in
      guard let value = reading.value, value.isFinite else { return nil }
      return Row(
        name: PageText.shortened(reading.model, to: 18), value: value,
        deviation: reading.numericalUncertainty.flatMap(finite).map { abs($0) } ?? 0,
        style: reading.isStated ? reading.verdict.rawValue : "other", isStated: reading.isStated)
    }.prefix(rowLimit).map { $0 }
  }

  /// What the axis shows: the band with half of it to both sides, and the models that decide. Others, and mesh errors much larger than
  /// the band, are cut off, so that the band is always seen.
  private func range(_ first: Row) -> (start: Double, end: Double) {
    let edges = [low, high, expected].compactMap { $0 }
    let values =
      rows.filter(\.isStated).map(\.value) + edges
      + [rows.contains(where: \.isStated) ? nil : first.value].compactMap { $0 }
    let (least, most) = (values.min() ?? first.value, values.max() ?? first.value)
    let margin = most > least ? 0.25 * (most - least) : max(1e-30, 0.1 * abs(first.value))
    return (least - margin, most + margin)
  }

  /// The drawing; empty where no model has a value.
  var svg: String {
    guard let first = rows.first else { return "" }
    let (start, end) = range(first)
    let (left, right, top) = (96.0, 352.0, 18.0)
    func x(_ value: Double) -> Double {
      left + min(1, max(0, (value - start) / (end - start))) * (right - left)
    }
    let bottom = top + 20 * Double(rows.count) + 4
    let bandStart = low.map(x) ?? left, bandEnd = high.map(x) ?? right
    var content = SVG.rectangle(
      x: bandStart, y: top - 4, width: bandEnd - bandStart, height: bottom - top + 4, "band")
    for edge in [low, high].compactMap({ $0 }) {
      content += SVG.line(x(edge), top - 4, x(edge), bottom, "edge")
    }
    if let expected {
      content += SVG.line(x(expected), top - 4, x(expected), bottom, "axis")
      if expectedDeviation > 0 {
        let (from, to) = (x(expected - 2 * expectedDeviation), x(expected + 2 * expectedDeviation))
        content += SVG.rectangle(
          x: from, y: bottom - 5, width: max(1, to - from), height: 4, "ground")
      }
    }
    for (number, row) in rows.enumerated() {
      let y = top + 10 + 20 * Double(number)
      content += SVG.text(
        row.name, x: left - 8, y: y + 4, anchor: "end", style: row.isStated ? "" : "soft")
      if row.deviation > 0 {
        let ends = [row.value - 2 * row.deviation, row.value + 2 * row.deviation]
        content += SVG.line(x(ends[0]), y, x(ends[1]), y, "whisker")
        // A whisker without a cap goes on beyond the drawing.
        for value in ends where (start...end).contains(value) {
          content += SVG.line(x(value), y - 3, x(value), y + 3, "whisker")
        }
      }
      if (start...end).contains(row.value) {
        content += SVG.dot(
          x(row.value), y, radius: row.isStated ? 4.5 : 3.5, "dot \(row.style)")
      } else {
        let side = row.value < start ? -5.0 : 5.0
        let tip = SVG.number(x(row.value) + (row.value < start ? 1 : -1))
        content +=
          "<path class=\"dot \(row.style)\" d=\"M\(tip) \(SVG.number(y))l\(SVG.number(-side)) -4v8Z\"/>"
      }
    }
    content += SVG.line(left, bottom, right, bottom, "axis")
    var taken: [(from: Double, to: Double)] = []
    // The expected value and the band's ends, and where there is room the figure that decides.
    for value in [expected, low, high, first.value].compactMap({ $0 }) {
      // Ends of a narrow band read like its middle; what they are off is told then.
      let middleText = expected?.significant(5)
      let text =
        value != expected && value.significant(5) == middleText
        ? PageText.signed(value - (expected ?? 0), digits: 2) : value.significant(5)
      let half = 3.2 * Double(text.count) + 4
      let middle = min(max(x(value), left - 60 + half), 360 - half)
      guard !taken.contains(where: { middle - half < $0.to && middle + half > $0.from }) else {
        continue
      }
      taken.append((middle - half, middle + half))
      content += SVG.line(x(value), bottom, x(value), bottom + 4, "axis")
      content += SVG.text(text, x: middle, y: bottom + 15, anchor: "middle")
    }
    if unit != "1" {
      content += SVG.text(unit, x: right, y: bottom + 28, anchor: "end", style: "soft")
    }
    return SVG.plot(width: 360, height: bottom + (unit == "1" ? 20 : 32), label: label, content)
  }
}

/// How likely an error lies inside its tolerance: a bar from 0 to 100 % with the marks of the verdicts.
struct ProbabilityPlot {
  let probability: Double

  /// The drawing.
  var svg: String {
    let (left, width) = (8.0, 344.0)
    let share = min(1, max(0, probability))
    var content = SVG.rectangle(x: left, y: 4, width: width, height: 10, "ground")
    content += SVG.rectangle(x: left, y: 4, width: width * share, height: 10, "bar")
    for (mark, text, anchor) in [
      (0.05, "FAIL up to 5 %", "start"), (0.95, "PASS from 95 %", "end"),
    ] {
      content += SVG.line(left + width * mark, 1, left + width * mark, 17, "edge")
      content += SVG.text(
        text, x: left + width * (anchor == "end" ? 1 : 0), y: 29, anchor: anchor, style: "soft")
    }
    return SVG.plot(
      width: 360, height: 32, label: "Probability \(PageText.percent(probability))", content)
  }
}
