import Glibc

/// A bar on the last line of a terminal, with a text behind it.
public struct ProgressLine {
  private let columns: Int
  private let start = ContinuousClock().now

  /// A bar; `nil` where the standard error is no terminal.
  public init?() {
    guard isatty(2) == 1 else { return nil }
    var size = winsize()
    columns = ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20 ? Int(size.ws_col) : 80
  }

  /// Draws the bar over itself: what is done of all, the rate, the time left, and a text.
  ///
  /// - Parameter before: What had been done when this program began.
  public func show(_ done: Int, of total: Int, before: Int = 0, unit: String, _ text: String = "") {
    let seconds = (ContinuousClock().now - start) / .seconds(1)
    DesignStatus.write(
      "\r"
        + Self.line(
          done, of: total, before: before, unit: unit, seconds: seconds, text, columns: columns)
        + "\u{1B}[K")
  }

  /// Takes the bar off the screen.
  public func erase() { DesignStatus.write("\r\u{1B}[K") }

  /// The bar as text, narrower than the terminal.
  static func line(
    _ done: Int, of total: Int, before: Int, unit: String, seconds: Double, _ text: String,
    columns: Int
  ) -> String {
    let width = min(30, columns / 4)
    let filled = total == 0 ? width : width * min(done, total) / total
    var line =
      String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      + " \(done)/\(total) \(unit)"
    if done > before, seconds > 0 {
      let rate = Double(done - before) / seconds
      line += ", \(rounded(rate))/s, \(duration(Double(max(0, total - done)) / rate)) left"
    }
    if !text.isEmpty { line += ", " + text }
    return String(line.prefix(columns - 1))
  }

  /// Three digits at most where they are enough.
  static func rounded(_ value: Double) -> String {
    value >= 100
      ? "\(Int(value.rounded()))"
      : "\((value * (value >= 10 ? 10 : 100)).rounded() / (value >= 10 ? 10 : 100))"
  }

  /// Seconds as a person says them.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
