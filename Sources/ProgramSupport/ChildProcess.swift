internal import Glibc

/// How a child process ended and what it said.
package struct ChildReport: Sendable {
  /// Why it ended.
  package enum Ending: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// Killed at its limit on the clock.
    case timedOut
    /// Killed because it said more than it may.
    case tooTalkative
    /// Killed because the run was interrupted.
    case interrupted
    /// It could not be started.
    case notStarted(String)
  }
  /// How it ended.
  package var ending: Ending
  /// What it wrote to standard output.
  package var output: [UInt8] = []
  /// The first bytes it wrote to standard error.
  package var errorHead: [UInt8] = []
  /// The last bytes it wrote to standard error.
  package var errorTail: [UInt8] = []
  /// Seconds on the clock.
  package var wallSeconds = 0.0
  /// Seconds of processor time.
  package var processorSeconds = 0.0
  /// The largest resident memory in bytes; 0 where it held no more than the program that started it, which the system counts in.
  package var peakMemory = 0

  /// A child that said nothing.
  package init(ending: Ending, wallSeconds: Double = 0) {
    self.ending = ending
    self.wallSeconds = wallSeconds
  }
}

/// One running child in a process group of its own, with pipes for its output and errors.
///
/// Whoever holds it must call ``reap(_:)`` in the end.
package struct ChildProcess: ~Copyable {
  /// Most bytes of standard output.
  package static let largestOutput = 64 << 20
  /// Bytes of standard error that are kept from its start, and as many from its end.
  package static let errorKeptLength = 8 << 10

  let identifier: pid_t
  /// When it was started.
  package let start: ContinuousClock.Instant
  /// The most that this program had held when it started the child: Linux has the child begin with it.
  private let inheritedMemory: Int
  /// Our end of the pipe of its standard output; −1 once that has ended.
  package private(set) var outputDescriptor: Int32
  /// Our end of the pipe of its standard error; −1 once that has ended.
  package private(set) var errorDescriptor: Int32
  /// What it has written to standard output.
  package private(set) var output: [UInt8] = []
  /// The first bytes it has written to standard error.
  package private(set) var errorHead: [UInt8] = []
  /// The last bytes it has written to standard error.
  package private(set) var errorTail: [UInt8] = []
  /// Whether it has written more to standard output than it may.
  package private(set) var isTooTalkative = false

  /// Starts a program.
  ///
  /// The corresponding C function is `posix_spawn`.
  /// - Parameter lifeline: Becomes its standard input, on which nothing ever comes and which ends when this program does.
  package init(_ command: [String], lifeline: borrowing Lifeline) throws(SpawnFailure) {
    precondition(!command.isEmpty, "a command without a program")
    let output = try Self.pipe()
    let errors: (read: Int32, write: Int32)
    do { errors = try Self.pipe() } catch {
      close(output.read)
      close(output.write)
      throw error
    }
    defer {
      close(output.write)
      close(errors.write)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, lifeline.end, 0)
    posix_spawn_file_actions_adddup2(&actions, output.write, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.write, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own: Ctrl-C does not reach it, and all it starts can be killed with it.
    posix_spawnattr_setpgroup(&attributes, 0)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var identifier: pid_t = 0
    var environment = Self.environment
    environment.append(nil)
    defer { for entry in environment { free(entry) } }
    let status = posix_spawnp(
      &identifier, command[0], &actions, &attributes, arguments, environment)
    guard status == 0 else {
      close(output.read)
      close(errors.read)
      throw SpawnFailure(reason: String(cString: strerror(status)))
    }
    self.identifier = identifier
    start = .now
    inheritedMemory = Self.ownPeakMemory
    outputDescriptor = output.read
    errorDescriptor = errors.read
  }

  /// Our environment, with the backtraces of Swift programs switched off: a crash is one line here.
  private static var environment: [UnsafeMutablePointer<CChar>?] {
    var entries: [UnsafeMutablePointer<CChar>?] = []
    var next = environ
    while let entry = next.pointee {
      if strncmp(entry, "SWIFT_BACKTRACE=", 16) != 0 { entries.append(strdup(entry)) }
      next += 1
    }
    entries.append(strdup("SWIFT_BACKTRACE=enable=no"))
    return entries
  }

  /// A pipe that children do not inherit and whose reading end does not block.
  private static func pipe() throws(SpawnFailure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else {
      throw SpawnFailure(reason: String(cString: strerror(errno)))
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
  }

  /// Takes what is in the pipes.
  package mutating func drain() {
    Self.drain(&outputDescriptor) { bytes in
      if output.count + bytes.count > Self.largestOutput {
        isTooTalkative = true
      } else {
        output.append(contentsOf: bytes)
      }
    }
    Self.drain(&errorDescriptor) { bytes in
      errorHead.append(contentsOf: bytes.prefix(Self.errorKeptLength - errorHead.count))
      errorTail.append(contentsOf: bytes)
      if errorTail.count > 2 * Self.errorKeptLength {
        errorTail.removeFirst(errorTail.count - Self.errorKeptLength)
      }
    }
  }

  /// Reads what is there, up to 4 MiB; closes the pipe at its end.
  private static func drain(
    _ descriptor: inout Int32, _ take: (UnsafeRawBufferPointer.SubSequence) -> Void
  ) {
    guard descriptor >= 0 else { return }
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      for _ in 0..<64 {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count > 0 {
          take(UnsafeRawBufferPointer(buffer)[..<count])
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
          close(descriptor)
          descriptor = -1
          return
        } else {
          return
        }
      }
    }
  }

  /// Whether it has ended; it stays a zombie until ``reap(_:)``, so that its number is not given away.
  package var hasEnded: Bool {
    var information = siginfo_t()
    let status = waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT | WNOHANG)
    return status == 0 && information._sifields._sigchld.si_pid == identifier
  }

  /// The most this program has held, in bytes.
  private static var ownPeakMemory: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }

  /// Kills it and everything in its group.
  package func kill() { Glibc.kill(-identifier, SIGKILL) }

  /// Kills what is left of its group, waits for it and says how it ended.
  ///
  /// - Parameter forced: The reason, where it was killed by us.
  package consuming func reap(_ forced: ChildReport.Ending?) -> ChildReport {
    kill()
    var status: Int32 = 0
    var usage = rusage()
    while wait4(identifier, &status, 0, &usage) < 0 && errno == EINTR {}
    drain()
    if outputDescriptor >= 0 { close(outputDescriptor) }
    if errorDescriptor >= 0 { close(errorDescriptor) }
    let signal = status & 0x7f
    let ending = forced ?? (signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal))
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    let wall = start.duration(to: .now)
    var report = ChildReport(ending: ending, wallSeconds: wall / .seconds(1))
    report.output = output
    report.errorHead = errorHead
    report.errorTail = errorTail.suffix(Self.errorKeptLength)
    report.processorSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    report.peakMemory = usage.ru_maxrss * 1024 > inheritedMemory ? usage.ru_maxrss * 1024 : 0
    return report
  }
}

/// Why a program could not be started.
package struct SpawnFailure: Error {
  /// The system's reason.
  package let reason: String

  /// A failure.
  package init(reason: String) { self.reason = reason }
}
