import Glibc
import Manufacturability

/// A bar on the last line of a terminal: iterations made of those allowed, and how far designs still move.
struct OptimisationProgress {
  private let columns: Int

  /// A bar; `nil` where the standard error is no terminal.
  init?() {
    guard isatty(2) == 1 else { return nil }
    var size = winsize()
    columns = ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20 ? Int(size.ws_col) : 80
  }

  /// Draws the bar over itself.
  func show(_ runs: [TopologyOptimisation]) {
    DesignStatus.write("\r" + Self.line(runs, columns: columns) + "\u{1B}[K")
  }

  /// Takes the bar off the screen.
  func erase() { DesignStatus.write("\r\u{1B}[K") }

  /// The bar as text, narrower than the terminal.
  static func line(_ runs: [TopologyOptimisation], columns: Int) -> String {
    // A run that has ended counts as all its iterations.
    let total = runs.reduce(0) { $0 + $1.options.iterationLimit }
    let done = runs.reduce(0) {
      $0 + ($1.state == .running ? $1.history.count : $1.options.iterationLimit)
    }
    let width = min(30, columns / 4)
    let filled = total == 0 ? 0 : width * done / total
    var line =
      String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let running = runs.filter { $0.state == .running }
    let iteration = runs.map(\.history.count).max() ?? 0
    line += " iteration \(iteration)"
    if runs.count > 1 { line += ", \(runs.count - running.count)/\(runs.count) ended" }
    if let last = (running.first ?? runs.last)?.history.last {
      line += ", objective \(Float(last.objective))"
      if let change = last.change { line += ", change \(Float(change))" }
    }
    return String(line.prefix(columns - 1))
  }
}
