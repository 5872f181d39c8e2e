import DesignValidation
import Glibc

/// How the figures of a quantity change with the mesh: a line for each element type over the number of cells.
struct ConvergencePlot {
  /// The drawing; empty unless two models of one element type have a value.
  static func svg(of quantity: QuantityResult, models: [ModelResult]) -> String {
    var series: [(type: String, points: [(cells: Double, value: Double)])] = []
    for reading in quantity.readings {
      guard let value = reading.value, value.isFinite,
        let model = models.first(where: { $0.name == reading.model }), model.cellCount > 0
      else { continue }
      let point = (Double(model.cellCount), value)
      if let place = series.firstIndex(where: { $0.type == model.elementTypes }) {
        series[place].points.append(point)
      } else {
        series.append((model.elementTypes, [point]))
      }
    }
    for place in series.indices { series[place].points.sort { $0.cells < $1.cells } }
    guard series.contains(where: { $0.points.count > 1 }) else { return "" }
    let (expected, size) = (quantity.reference.value, abs(quantity.tolerance.absolute))
    let values = series.flatMap { $0.points.map(\.value) } + [expected - size, expected + size]
    let counts = series.flatMap { $0.points.map(\.cells) }
    guard let least = values.min(), let most = values.max(), let few = counts.min(),
      let many = counts.max(), most > least, many > few
    else { return "" }
    let (left, right, top, bottom) = (62.0, 352.0, 10.0, 170.0)
    func x(_ cells: Double) -> Double {
      left + 8 + log(cells / few) / log(many / few) * (right - left - 16)
    }
    func y(_ value: Double) -> Double {
      bottom - 8 - (value - least) / (most - least) * (bottom - top - 16)
    }
    var content = SVG.rectangle(
      x: left, y: y(expected + size), width: right - left,
      height: y(expected - size) - y(expected + size), "band")
    content += SVG.line(left, y(expected), right, y(expected), "edge")
    content +=
      SVG.line(left, top, left, bottom, "axis") + SVG.line(left, bottom, right, bottom, "axis")
    var taken: [Double] = []
    for value in [expected, most, least] where !taken.contains(where: { abs($0 - y(value)) < 13 }) {
      taken.append(y(value))
      content += SVG.text(value.significant(5), x: left - 6, y: y(value) + 4, anchor: "end")
    }
    for (cells, anchor) in [(few, "start"), (many, "end")] {
      content += SVG.text(
        PageText.grouped(Int(cells)), x: x(cells), y: bottom + 15, anchor: anchor)
    }
    content += SVG.text(
      "cells", x: (left + right) / 2, y: bottom + 15, anchor: "middle", style: "soft")
    var key = ""
    for (number, line) in series.enumerated() {
      let style = "s\(number % 5 + 1)"
      let path = line.points.enumerated().map { place, point in
        (place == 0 ? "M" : "L") + SVG.number(x(point.cells)) + " " + SVG.number(y(point.value))
      }.joined()
      content += "<path class=\"\(style)\" d=\"\(path)\"/>"
      for point in line.points {
        content += marker(number, x(point.cells), y(point.value), style)
      }
      let (column, row) = (Double(number % 3), Double(number / 3))
      let (keyX, keyY) = (left + 100 * column, bottom + 32 + 16 * row)
      key +=
        SVG.line(keyX, keyY - 4, keyX + 16, keyY - 4, style)
        + marker(number, keyX + 8, keyY - 4, style)
      key += SVG.text(PageText.shortened(line.type, to: 12), x: keyX + 21, y: keyY)
    }
    let rows = Double((series.count + 2) / 3)
    return SVG.plot(
      width: 360, height: bottom + 24 + 16 * rows,
      label:
        "\(quantity.name) over the number of cells, for \(series.map(\.type).joined(separator: ", "))",
      content + key)
  }

  /// A mark whose shape tells the lines apart without colour.
  private static func marker(_ number: Int, _ x: Double, _ y: Double, _ style: String) -> String {
    func path(_ points: [(Double, Double)]) -> String {
      let text = points.enumerated().map { place, point in
        (place == 0 ? "M" : "L") + SVG.number(x + point.0) + " " + SVG.number(y + point.1)
      }.joined()
      return "<path class=\"\(style)\" d=\"\(text)Z\"/>"
    }
    switch number % 4 {
    case 0: return SVG.dot(x, y, radius: 3, style)
    case 1: return path([(-3, -3), (3, -3), (3, 3), (-3, 3)])
    case 2: return path([(0, -4), (4, 3), (-4, 3)])
    default: return path([(0, -4), (4, 0), (0, 4), (-4, 0)])
    }
  }
}

/// How a figure went from run to run.
struct HistoryPlot {
  /// The drawing; empty with fewer than two runs.
  ///
  /// - Parameters:
  ///   - values: From the oldest run to the newest; `nil` where a run has no value.
  ///   - band: What the tolerance allows; `nil` where there is none.
  static func svg(
    of name: String, values: [Double?], band: ClosedRange<Double>?, first: String, last: String
  ) -> String {
    let known = values.compactMap { $0 }.filter(\.isFinite)
    guard values.count > 1, let low = known.min(), let high = known.max() else { return "" }
    var (least, most) = (min(low, band?.lowerBound ?? low), max(high, band?.upperBound ?? high))
    if most <= least {
      (least, most) = (least - max(1e-30, abs(least)), most + max(1e-30, abs(most)))
    }
    let (left, right, top, bottom) = (62.0, 352.0, 8.0, 100.0)
    func x(_ place: Int) -> Double {
      left + 8 + Double(place) / Double(values.count - 1) * (right - left - 16)
    }
    func y(_ value: Double) -> Double {
      bottom - 6 - (value - least) / (most - least) * (bottom - top - 12)
    }
    var content = ""
    if let band {
      content += SVG.rectangle(
        x: left, y: y(band.upperBound), width: right - left,
        height: y(band.lowerBound) - y(band.upperBound), "band")
    }
    content +=
      SVG.line(left, top, left, bottom, "axis") + SVG.line(left, bottom, right, bottom, "axis")
    let points = values.enumerated().compactMap { place, value in value.map { (place, $0) } }
      .filter { $0.1.isFinite }
    let path = points.enumerated().map { number, point in
      (number == 0 ? "M" : "L") + SVG.number(x(point.0)) + " " + SVG.number(y(point.1))
    }.joined()
    content += "<path class=\"s1\" d=\"\(path)\"/>"
    for point in points { content += SVG.dot(x(point.0), y(point.1), radius: 2.5, "dot") }
    for value in most > least ? [most, least] : [most] {
      content += SVG.text(value.significant(5), x: left - 6, y: y(value) + 4, anchor: "end")
    }
    content += SVG.text(first, x: left, y: bottom + 14, style: "soft")
    content += SVG.text(last, x: right, y: bottom + 14, anchor: "end", style: "soft")
    return SVG.plot(
      width: 360, height: bottom + 18, label: "\(name) over \(values.count) runs", content)
  }
}
