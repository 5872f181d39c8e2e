internal import DesignProblem
import Manufacturability
internal import ProgramSupport
internal import TopologyOptimisation

/// How far an optimisation is: iterations made of those allowed, and how far designs still move. A bar on the last line of a terminal;
/// elsewhere a plain line after two seconds, and then one every half a minute.
final class OptimisationProgress {
  private let columns = ProgressLine.terminalColumns
  private let start = ContinuousClock().now
  private var pace = ProgressPace(first: 2)

  /// Draws the bar over itself, or says a line where one is due.
  func show(_ runs: [TopologyOptimisation]) {
    if let columns {
      StandardError.write("\r" + Self.line(runs, columns: columns) + "\u{1B}[K")
    } else if pace.isDue(at: (ContinuousClock().now - start) / .seconds(1)) {
      StandardError.say(Self.text(runs))
    }
  }

  /// Takes the bar off the screen; plain lines stay.
  func erase() {
    if columns != nil { StandardError.write("\r\u{1B}[K") }
  }

  /// The bar with its text, narrower than the terminal.
  static func line(_ runs: [TopologyOptimisation], columns: Int) -> String {
    // A run that has ended counts as all its iterations.
    let total = runs.reduce(0) { $0 + $1.options.iterationLimit }
    let done = runs.reduce(0) {
      $0 + ($1.state == .running ? $1.history.count : $1.options.iterationLimit)
    }
    let width = min(30, columns / 4)
    let filled = total == 0 ? 0 : width * done / total
    let line =
      String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled) + " "
    return String((line + text(runs)).prefix(columns - 1))
  }

  /// The text without the bar.
  static func text(_ runs: [TopologyOptimisation]) -> String {
    let running = runs.filter { $0.state == .running }
    var text = "iteration \(runs.map(\.history.count).max() ?? 0)"
    if runs.count > 1 { text += ", \(runs.count - running.count)/\(runs.count) ended" }
    if let last = (running.first ?? runs.last)?.history.last {
      text += ", objective \(Float(last.objective))"
      if let change = last.change { text += ", change \(Float(change))" }
    }
    return text
  }
}
