import DeckAnalysis
import Glibc
import Synchronization

/// Whether someone asked the program to come to an end (SIGINT, SIGTERM, SIGHUP), which it does between two iterations.
public enum StopRequest {
  private static let number = Atomic<Int32>(0)

  /// The status to end with; `nil` where no signal came.
  public static var status: DesignStatus? {
    let number = number.load(ordering: .relaxed)
    return number == 0 ? nil : DesignStatus(rawValue: 128 + number)
  }

  /// Notes the signals from now on instead of dying of them; one that was ignored at the start, as `nohup` does, stays so.
  public static func watch() {
    signal(SIGPIPE, SIG_IGN)
    MemoryLimit.watch()
    // Touched once here, so that the handler meets no lazy initialisation.
    number.store(0, ordering: .relaxed)
    var watched = sigset_t()
    sigemptyset(&watched)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      sigaddset(&watched, number)
      let before = signal(number) { StopRequest.number.store($0, ordering: .relaxed) }
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &watched, nil)
  }
}
