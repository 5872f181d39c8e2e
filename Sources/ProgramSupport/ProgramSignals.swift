internal import Glibc
internal import Synchronization

/// What SIGINT, SIGTERM and SIGHUP do to a program: end it between two files, or ask it to come to an end.
///
/// A signal that was ignored at the start, as `nohup` does, stays ignored; one that was blocked is let through. SIGPIPE is ignored: a
/// program outlives a reader of its output.
package enum ProgramSignals {
  /// The signals a program is stopped by.
  private static let stopping = [SIGINT, SIGTERM, SIGHUP]

  // MARK: Ending

  private static let writing = Mutex(())
  /// The ends of the pipe from the handler to the waiting thread.
  private static let reader = Atomic<Int32>(-1)
  private static let writer = Atomic<Int32>(-1)

  /// Ends the program on SIGINT (130), SIGTERM (143) and SIGHUP (129), with no file begun and not finished.
  ///
  /// A handler may do next to nothing, so it only passes the signal's number to a thread that waits for it. That thread ends the program,
  /// but not during ``withoutInterruption(_:)``. Standard streams that are closed lead nowhere, so that no file takes their place.
  package static func endProgram() {
    signal(SIGPIPE, SIG_IGN)
    MemoryLimit.watch()
    StandardOutput.openClosedStreams()
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reader.store(ends[0], ordering: .sequentiallyConsistent)
    writer.store(ends[1], ordering: .sequentiallyConsistent)
    var thread = pthread_t()
    guard pthread_create(&thread, nil, { _ in ProgramSignals.waitAndEnd() }, nil) == 0 else {
      return
    }
    pthread_detach(thread)
    handle { number in
      let old = errno
      var byte = UInt8(truncatingIfNeeded: number)
      _ = write(ProgramSignals.writer.load(ordering: .relaxed), &byte, 1)
      errno = old
    }
  }

  /// Does something that is not to be cut in two by ``endProgram()``.
  package static func withoutInterruption<Result>(_ body: () throws -> Result) rethrows -> Result {
    try writing.withLock { _ in try body() }
  }

  private static func waitAndEnd() -> Never {
    var number: UInt8 = 0
    while read(reader.load(ordering: .relaxed), &number, 1) != 1 {}
    writing.withLock { _ -> Never in
      StandardError.write("interrupted\n")
      _exit(128 + Int32(number))
    }
  }

  // MARK: Noting

  private static let noted = Atomic<Int32>(0)

  /// Notes the signals from now on instead of dying of them; the program asks for ``stopStatus`` between two pieces of work.
  package static func noteStops() {
    signal(SIGPIPE, SIG_IGN)
    MemoryLimit.watch()
    // Touched once here, so that the handler meets no lazy initialisation.
    noted.store(0, ordering: .relaxed)
    handle { ProgramSignals.noted.store($0, ordering: .relaxed) }
  }

  /// The status to end with since a signal was noted; `nil` where none was.
  package static var stopStatus: ProgramStatus? {
    let number = noted.load(ordering: .relaxed)
    return number == 0 ? nil : ProgramStatus(rawValue: 128 + number)
  }

  // MARK: Handlers

  /// Installs a handler of the signals, which may use nothing but system calls and atomic values.
  private static func handle(_ handler: @escaping @convention(c) (Int32) -> Void) {
    var watched = sigset_t()
    sigemptyset(&watched)
    for number in stopping {
      sigaddset(&watched, number)
      let before = signal(number, handler)
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &watched, nil)
  }
}
