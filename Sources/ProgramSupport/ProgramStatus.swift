internal import Files
internal import Glibc

/// How a program ended: its exit code.
///
/// Every program of gcgan uses these numbers with these meanings. Codes from 64 on are those of BSD's `sysexits.h`, and from 129 on
/// 128 and the number of a signal, as shells say it.
package enum ProgramStatus: Int32, Sendable, CaseIterable {
  /// Done; of parts: all passed.
  case success = 0
  /// A check failed: a part, or a gradient that is not that of its value.
  case failed = 1
  /// No part failed, and one at least is undecided.
  case undecided = 2
  /// The input makes sense and cannot be evaluated: a free body, a singular stiffness, a design that does not carry its loads.
  case notEvaluated = 3
  /// No part was found.
  case nothingFound = 5
  /// Wrong arguments.
  case usage = 64
  /// A file of the input is wrong, or a folder is another process's.
  case badData = 65
  /// Something that should not happen.
  case internalError = 70
  /// A file, or the output, could not be written.
  case cannotWrite = 73
  /// Hung up (SIGHUP).
  case hungUp = 129
  /// Interrupted (SIGINT).
  case interrupted = 130
  /// Terminated (SIGTERM).
  case terminated = 143

  /// The same once everything printed has been handed over; success becomes ``cannotWrite`` where it does not arrive.
  package var afterOutput: Self {
    do throws(FileFault) { try StandardOutput.finish() } catch {
      StandardError.say(error.description)
      return self == .success ? .cannotWrite : self
    }
    return self
  }

  /// Ends the program, after everything printed has been handed over.
  ///
  /// The program ends at once: the libraries' own exit handlers (OpenBLAS joins its threads) take longer than a small solve.
  package func leave() -> Never {
    let status = afterOutput
    fflush(nil)
    _exit(status.rawValue)
  }
}
