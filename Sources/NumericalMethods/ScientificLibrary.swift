@preconcurrency internal import CGSL

/// The GNU Scientific Library as a whole: its version, and how it reports errors.
public enum ScientificLibrary {
  /// The version of the library that is linked, as "2.7.1".
  public static var version: String { String(cString: gsl_version) }

  /// Makes the library return its errors instead of ending the process; every use of it begins here.
  static func prepare() { _ = handlerIsOff }

  /// Evaluated once, whatever the number of threads.
  private static let handlerIsOff: Bool = {
    gsl_set_error_handler_off()
    return true
  }()
}
