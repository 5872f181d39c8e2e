import Glibc
import Meshing
import Synchronization

/// What signals do to a program that solves: end it, with no file begun and not finished.
///
/// A handler may do next to nothing, so it only passes the signal's number to a thread that waits for it.
/// That thread ends the program, but not while files are written.
public enum ProgramSignals {
  private static let writing = Mutex(())
  /// The ends of the pipe from the handler to the waiting thread.
  private static let reader = Atomic<Int32>(-1)
  private static let writer = Atomic<Int32>(-1)

  /// Ends the program on SIGINT (130), SIGTERM (143) and SIGHUP (129), and lets it outlive a reader of its output.
  ///
  /// A signal that was ignored at the start, as `nohup` does, stays so; one that was blocked is let through.
  /// Standard streams that are closed lead nowhere, so that no file takes their place.
  public static func watch() {
    signal(SIGPIPE, SIG_IGN)
    MemoryLimit.watch()
    StandardOutput.openClosedStreams()
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reader.store(ends[0], ordering: .sequentiallyConsistent)
    writer.store(ends[1], ordering: .sequentiallyConsistent)
    var thread = pthread_t()
    guard pthread_create(&thread, nil, { _ in ProgramSignals.wait() }, nil) == 0 else { return }
    pthread_detach(thread)

    var watched = sigset_t()
    sigemptyset(&watched)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      sigaddset(&watched, number)
      let before = signal(number) { number in
        let old = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(ProgramSignals.writer.load(ordering: .relaxed), &byte, 1)
        errno = old
      }
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &watched, nil)
  }

  /// Does something that is not to be cut in two.
  package static func withoutInterruption<Result>(_ body: () throws -> Result) rethrows -> Result {
    try writing.withLock { _ in try body() }
  }

  private static func wait() -> Never {
    var number: UInt8 = 0
    while read(reader.load(ordering: .relaxed), &number, 1) != 1 {}
    writing.withLock { _ -> Never in
      let text = "interrupted\n"
      _ = text.withCString { write(2, $0, strlen($0)) }
      _exit(128 + Int32(number))
    }
  }
}
