import DesignNetworks
import Glibc

/// A page with the curves of a run and what it draws: `index.html`, nothing fetched from anywhere.
enum CurvePage {
  /// The page of a run.
  ///
  /// - Parameters:
  ///   - title: The run's name.
  ///   - records: One per update.
  ///   - goal: What the run ends with.
  static func html(_ title: String, _ records: [Trainer.StepRecord], _ goal: Trainer.Goal) -> String
  {
    var names: [String] = []
    for record in records.suffix(64) {
      for name in record.losses.keys where !names.contains(name) { names.append(name) }
    }
    let losses = names.sorted().map { name in
      chart(name, records.compactMap { record in record.losses[name].map { (record.step, $0) } })
    }
    let pool = [
      chart("micro-steps per update", records.map { ($0.step, Double($0.microSteps)) }),
      chart(
        "gradient noise scale, micro-steps",
        records.compactMap { record in record.noiseScale.map { (record.step, min($0, 1000)) } }),
      chart("gradient norm", records.map { ($0.step, $0.statistics.norm) }),
      chart(
        "share of time in physics",
        records.map { ($0.step, $0.seconds > 0 ? $0.physicsSeconds / $0.seconds : 0) }),
    ]
    let last = records.last
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>\(escaped(title))</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #222; background: #fff }
      h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
      .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(21rem, 1fr)); gap: 1rem }
      figure { margin: 0 } figcaption { font-size: .9rem } svg { width: 100%; height: auto } img { max-width: 100%; image-rendering: pixelated }
      </style></head><body>
      <h1>\(escaped(title))</h1>
      <p>\(goal.done) of \(goal.wanted) \(goal.unit); update \(last?.step ?? 0), \(last?.samples ?? 0) designs seen.</p>
      <h2>What the model draws</h2>
      <p>Validation problems never trained on; supports green, loads red.</p>
      <img src="samples.png" alt="Designs drawn for validation problems">
      <h2>Terms</h2>
      <div class="charts">\(losses.joined(separator: "\n"))</div>
      <h2>Gradient pool</h2>
      <div class="charts">\(pool.joined(separator: "\n"))</div>
      </body></html>

      """
  }

  /// A curve: at most 200 points, each the mean of a stretch.
  private static func chart(_ name: String, _ points: [(step: Int, value: Double)]) -> String {
    let finite = points.filter { $0.value.isFinite }
    guard let first = finite.first, let last = finite.last else { return "" }
    let length = max(1, (finite.count + 199) / 200)
    let means = stride(from: 0, to: finite.count, by: length).map {
      start -> (x: Double, y: Double) in
      let part = finite[start..<min(start + length, finite.count)]
      let count = Double(part.count)
      return (
        part.reduce(0) { $0 + Double($1.step) } / count, part.reduce(0) { $0 + $1.value } / count
      )
    }
    let (low, high) = (means.map(\.y).min() ?? 0, means.map(\.y).max() ?? 1)
    let span = high > low ? high - low : 1
    let width = Double(max(1, last.step - first.step))
    let path = means.map { point -> String in
      let x = 52 + 280 * (point.x - Double(first.step)) / width
      let y = 10 + 120 * (1 - (point.y - low) / span)
      return "\(tenths(x)),\(tenths(y))"
    }
    func label(_ x: Int, _ y: Int, _ anchor: String, _ text: String) -> String {
      "<text x=\"\(x)\" y=\"\(y)\" font-size=\"10\" fill=\"#555\" text-anchor=\"\(anchor)\">\(text)</text>"
    }
    return """
      <figure><svg viewBox="0 0 340 150" role="img" aria-label="\(escaped(name)), now \(short(means.last?.y ?? 0))">
      <path d="M52 10V130H332" fill="none" stroke="#999"/>
      <polyline points="\(path.joined(separator: " "))" fill="none" stroke="#1560bd" stroke-width="1.5"/>
      \(label(48, 16, "end", short(high)))\(label(48, 130, "end", short(low)))\(label(52, 144, "start", "\(first.step)"))\(label(332, 144, "end", "\(last.step)"))
      </svg><figcaption>\(escaped(name)): \(short(means.last?.y ?? 0))</figcaption></figure>
      """
  }

  private static func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

  /// Three digits.
  static func short(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return "\(value)" }
    var (scale, size) = (1.0, abs(value))
    guard size >= 1e-6, size < 1e7 else {
      let exponent = Int(log10(size).rounded(.down))
      let mantissa = (value / pow(10, Double(exponent)) * 100).rounded() / 100
      return "\(mantissa)e\(exponent)"
    }
    while size < 100 {
      size *= 10
      scale *= 10
    }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && abs(rounded) < 1e7 ? "\(Int(rounded))" : "\(rounded)"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
