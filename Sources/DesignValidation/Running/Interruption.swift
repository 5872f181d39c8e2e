import Glibc
import Synchronization

/// Whether the user or the system asked the program to stop (SIGINT, SIGTERM, SIGHUP).
public enum Interruption {
  private static let isRaised = Atomic(false)

  /// Whether one of the signals came.
  public static var isRequested: Bool { isRaised.load(ordering: .relaxed) }

  /// Notes the signals from now on instead of dying of them.
  public static func watch() {
    // Touched once here, so that the handler meets no lazy initialisation.
    isRaised.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { _ in Interruption.isRaised.store(true, ordering: .relaxed) }
    }
  }
}
