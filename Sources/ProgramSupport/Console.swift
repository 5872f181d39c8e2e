package import Files
internal import Glibc

/// Standard output or standard error.
package struct Console: Sendable {
  /// The number of the stream.
  let descriptor: Int32

  /// Standard output.
  package static let output = Console(descriptor: 1)
  /// Standard error.
  package static let error = Console(descriptor: 2)

  /// Whether a person looks at it.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether it takes colours: a terminal, and no `NO_COLOR` in the environment.
  package var isColoured: Bool {
    guard isTerminal else { return false }
    if let choice = getenv("NO_COLOR"), choice.pointee != 0 { return false }
    if let kind = getenv("TERM"), String(cString: kind) == "dumb" { return false }
    return true
  }

  /// The width of the terminal in characters; 80 where it is not told.
  package var columns: Int {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? Int(size.ws_col) : 80
  }

  /// Writes a text that nobody has to read, such as a progress bar.
  package func write(_ text: String) { try? write(Array(text.utf8)) }

  /// Writes all bytes.
  package func write(_ bytes: [UInt8]) throws(ConsoleFault) {
    let code = writeAll(bytes, to: descriptor)
    guard code != 0 else { return }
    throw ConsoleFault(
      isWithoutReader: code == EPIPE,
      fault: FileFault(
        path: descriptor == 1 ? StandardOutput.name : "the standard error", action: "write",
        reason: String(cString: strerror(code))))
  }
}

/// Why something could not be written to a stream.
package struct ConsoleFault: Error, CustomStringConvertible {
  /// Whether the program that read the stream went away.
  package let isWithoutReader: Bool
  /// Which stream, and the system's reason.
  package let fault: FileFault

  /// `cannot write the standard output: No space left on device`
  package var description: String { fault.description }
}

/// A report on its way to a stream: remembers why it could not be written.
///
/// A reader that went away, as `head` does, is no fault: it has read what it wanted.
package final class TextStream {
  private let console: Console
  /// Why something is missing in the report; `nil` where all of it was written.
  package private(set) var fault: FileFault?

  /// A report on a stream.
  package init(_ console: Console) { self.console = console }

  /// Writes a text; nothing more after a fault.
  package func write(_ text: String) {
    guard fault == nil else { return }
    do throws(ConsoleFault) { try console.write(Array(text.utf8)) } catch {
      if !error.isWithoutReader { fault = error.fault }
    }
  }
}
