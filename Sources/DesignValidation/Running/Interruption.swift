import Glibc
import Synchronization

/// Whether the user or the system asked the program to stop (SIGINT, SIGTERM, SIGHUP).
public enum Interruption {
  private static let isRaised = Atomic(false)

  /// Whether one of the signals came.
  public static var isRequested: Bool { isRaised.load(ordering: .relaxed) }

  /// Notes the signals from now on instead of dying of them.
  ///
  /// Signals that whoever started the program left blocked are let through; one that was ignored, as
  /// `nohup` does, stays so.
  public static func watch() {
    // Touched once here, so that the handler meets no lazy initialisation.
    isRaised.store(false, ordering: .relaxed)
    var watched = sigset_t()
    sigemptyset(&watched)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      sigaddset(&watched, number)
      let before = signal(number) { _ in
        Interruption.isRaised.store(true, ordering: .relaxed)
      }
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &watched, nil)
  }
}
