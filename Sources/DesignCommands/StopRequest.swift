internal import Glibc
internal import Synchronization

/// Whether someone wants the program to end at the next good place: the first Ctrl-C asks, the second ends it at once.
public enum StopRequest {
  private static let signals = Atomic<Int>(0)

  /// Watches for SIGINT, SIGTERM and SIGHUP from now on.
  public static func watch() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = signal(number) { number in
        let count = StopRequest.signals.wrappingAdd(1, ordering: .relaxed).oldValue
        if count > 0 { _exit(128 + number) }
      }
      // What was ignored at the start, as nohup does, stays so.
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
  }

  /// Whether a signal has come.
  public static var isMade: Bool { signals.load(ordering: .relaxed) > 0 }
}
