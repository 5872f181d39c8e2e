public import DesignValidation
import FoundationEssentials
import Glibc
import Meshing

/// One call of `gcgan-validate DIR`: from the arguments to the exit code.
public struct ValidationSession {
  let directory: String
  let worker: [String]
  let jobs: Int
  let limits: ProcessLimits
  let json: String?
  let detail: TextReporter.Detail

  /// A session with the arguments of the program.
  ///
  /// - Parameters:
  ///   - worker: The command that evaluates a part; the part's path is appended.
  ///   - json: Where the JSON goes; `-` is standard output, and sends the report to standard error.
  public init(
    directory: String, worker: [String], jobs: Int, limits: ProcessLimits, json: String?,
    detail: TextReporter.Detail
  ) {
    (self.directory, self.worker, self.jobs) = (directory, worker, jobs)
    (self.limits, self.json, self.detail) = (limits, json, detail)
  }

  /// Evaluates the parts, writes the reports and says how it went.
  public func run() -> ValidationExitCode {
    signal(SIGPIPE, SIG_IGN)
    Interruption.watch()
    let parts: [PartFolder]
    do {
      parts = try PartFolder.all(in: directory)
    } catch {
      Console.error.write("gcgan-validate: \(TerminalText.cleaned(error.description))\n")
      return .badData
    }
    let console = json == "-" ? Console.error : Console.output
    let bar =
      detail != .quiet && Console.error.isTerminal
      ? ProgressBar(columns: Console.error.columns) { Console.error.write($0) } : nil
    var reporters: [any RunReporter] = [
      TextReporter(detail: detail, isColoured: console.isColoured, progress: bar) {
        console.write($0)
      }
    ]
    if let json {
      reporters.append(
        JSONReporter { data in
          if json == "-" {
            try Console.output.writeAll(data)
          } else {
            try AtomicFile.write(Array(data), to: json)
          }
        })
    }
    do {
      let run = ValidationRun(worker: worker, jobs: jobs, limits: limits, program: .current)
      return try run.evaluate(parts, of: directory, reporters: &reporters).exitCode
    } catch {
      Console.error.write("gcgan-validate: \(TerminalText.cleaned("\(error)"))\n")
      return .internalError
    }
  }
}

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

  /// Writes a text; a reader that went away is no fault of the run.
  func write(_ text: String) {
    try? writeAll(Data(text.utf8))
  }

  /// Writes all bytes.
  func writeAll(_ data: Data) throws {
    let bytes = Array(data)
    var count = 0
    while count < bytes.count {
      let written = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else {
        let name = descriptor == 1 ? "standard output" : "standard error"
        throw FileFault(path: name, action: "write", reason: String(cString: strerror(errno)))
      }
      count += written
    }
  }
}
