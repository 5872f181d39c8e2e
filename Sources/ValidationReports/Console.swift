import FoundationEssentials
import Glibc
import Meshing

/// Standard output or standard error.
struct Console {
  let descriptor: Int32

  static let output = Console(descriptor: 1)
  static let error = Console(descriptor: 2)

  /// Whether a person looks at it.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether it takes colours: a terminal, and no `NO_COLOR` in the environment.
  var isColoured: Bool {
    guard isTerminal else { return false }
    if let choice = getenv("NO_COLOR"), choice.pointee != 0 { return false }
    if let kind = getenv("TERM"), String(cString: kind) == "dumb" { return false }
    return true
  }

  /// The width of the terminal.
  var columns: Int {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? Int(size.ws_col) : 80
  }

  /// Writes a text that nobody has to read, such as a progress bar.
  func write(_ text: String) {
    try? writeAll(Data(text.utf8))
  }

  /// Writes all bytes.
  func writeAll(_ data: Data) throws(ConsoleFault) {
    let bytes = Array(data)
    var count = 0
    while count < bytes.count {
      let written = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else {
        throw ConsoleFault(
          isWithoutReader: errno == EPIPE,
          fault: FileFault(
            path: descriptor == 1 ? StandardOutput.name : "the standard error", action: "write",
            reason: String(cString: strerror(errno))))
      }
      count += written
    }
  }
}

/// Why something could not be written to a stream.
struct ConsoleFault: Error, CustomStringConvertible {
  /// Whether the program that read the stream went away.
  var isWithoutReader: Bool
  var fault: FileFault

  var description: String { fault.description }
}

/// A report on its way to a stream: remembers why it could not be written.
///
/// A reader that went away, as `head` does, is no fault: it has read what it wanted.
final class TextStream {
  private let console: Console
  /// Why something is missing in the report; `nil` where all of it was written.
  private(set) var fault: FileFault?

  init(_ console: Console) { self.console = console }

  /// Writes a text; nothing more after a fault.
  func write(_ text: String) {
    guard fault == nil else { return }
    do throws(ConsoleFault) { try console.writeAll(Data(text.utf8)) } catch {
      if !error.isWithoutReader { fault = error.fault }
    }
  }
}
