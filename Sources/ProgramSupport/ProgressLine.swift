internal import Glibc

/// How far a program is: a bar on the last line of a terminal; elsewhere a plain line at first, and then one every half a minute.
package final class ProgressLine {
  private let columns: Int?
  private let start = ContinuousClock().now
  private var pace = ProgressPace()

  /// A line on the standard error.
  package init() { columns = Self.terminalColumns }

  /// The width of the terminal that the standard error is; `nil` where it is none.
  package static var terminalColumns: Int? {
    guard isatty(2) == 1 else { return nil }
    var size = winsize()
    return ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20 ? Int(size.ws_col) : 80
  }

  /// Says what is done of all, the rate, the time left, and a text: over the bar before, or as a line where one is due.
  ///
  /// - Parameter before: What had been done when this program began.
  package func show(_ done: Int, of total: Int, before: Int = 0, unit: String, _ text: String = "")
  {
    let seconds = (ContinuousClock().now - start) / .seconds(1)
    if let columns {
      StandardError.write(
        "\r"
          + Self.line(
            done, of: total, before: before, unit: unit, seconds: seconds, text, columns: columns)
          + "\u{1B}[K")
    } else if pace.isDue(at: seconds) {
      StandardError.say(
        Self.text(done, of: total, before: before, unit: unit, seconds: seconds, text))
    }
  }

  /// Takes the bar off the screen; plain lines stay.
  package func erase() {
    if columns != nil { StandardError.write("\r\u{1B}[K") }
  }

  /// The bar with its text, narrower than the terminal.
  package static func line(
    _ done: Int, of total: Int, before: Int, unit: String, seconds: Double, _ text: String,
    columns: Int
  ) -> String {
    let line =
      (total == 0 ? bar(1, of: 1, columns: columns) : bar(done, of: total, columns: columns)) + " "
      + Self.text(done, of: total, before: before, unit: unit, seconds: seconds, text)
    return String(line.prefix(columns - 1))
  }

  /// A bar of at most a quarter of the terminal and 30 characters, filled as far as a work is done.
  package static func bar(_ done: Int, of total: Int, columns: Int) -> String {
    let width = min(30, columns / 4)
    let filled = total == 0 ? 0 : width * min(done, total) / total
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }

  /// The text without the bar.
  package static func text(
    _ done: Int, of total: Int, before: Int, unit: String, seconds: Double, _ text: String
  ) -> String {
    var line = "\(done)/\(total) \(unit)"
    if done > before, seconds > 0 {
      let rate = Double(done - before) / seconds
      line += ", \(rounded(rate))/s, \(duration(Double(max(0, total - done)) / rate)) left"
    }
    return text.isEmpty ? line : line + ", " + text
  }

  /// Three digits at most where they are enough.
  package static func rounded(_ value: Double) -> String {
    value >= 100
      ? "\(Int(value.rounded()))"
      : "\((value * (value >= 10 ? 10 : 100)).rounded() / (value >= 10 ? 10 : 100))"
  }

  /// Seconds as a person says them.
  package static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
