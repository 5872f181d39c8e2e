import DesignValidation
import ProgramSupport

/// A bar on the last line of a terminal: how many parts have ended, and which run now.
package struct ProgressBar {
  private let write: (String) -> Void
  private let columns: Int
  private var total = 0
  private var done = 0
  private var failed = 0
  private var running: [String] = []

  /// A bar.
  ///
  /// - Parameters:
  ///   - columns: The width of the terminal.
  ///   - write: Takes the text for the terminal.
  package init(columns: Int, write: @escaping (String) -> Void) {
    self.columns = max(20, columns)
    self.write = write
  }

  mutating func begin(count: Int) { total = count }

  mutating func partBegan(_ name: String) {
    running.append(TerminalText.cleaned(name))
    draw()
  }

  mutating func partEnded(_ result: PartResult) {
    done += 1
    if result.verdict != .pass { failed += 1 }
    let name = TerminalText.cleaned(result.name)
    if let place = running.firstIndex(of: name) { running.remove(at: place) }
    draw()
  }

  mutating func end() {
    erase()
    running = []
  }

  /// Takes the bar off the screen.
  func erase() { write("\r\u{1B}[K") }

  /// Draws the bar over itself.
  func draw() { if total > 0 { write("\r" + line + "\u{1B}[K") } }

  /// The bar as text, no wider than the terminal.
  var line: String {
    let bar = ProgressLine.bar(done, of: total, columns: columns)
    let count = "\(done)".rightAligned(to: "\(total)".count)
    var line = "\(bar) \(count)/\(total)"
    if failed > 0 { line += ", \(failed) not passed" }
    if !running.isEmpty { line += "  " + running.joined(separator: ", ") }
    return line.truncated(to: columns - 1)
  }
}
