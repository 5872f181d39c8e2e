internal import COpenBLAS

/// How OpenBLAS is used inside a factorization.
public enum BLASThreads {
  /// Always one: with more, its results depend on their number in the last bits, and on two cores the gain for
  /// CHOLMOD's blocks is small (Docs/Decisions/0002).
  public static let count = 1

  /// Gives OpenBLAS its threads.
  static func configure() { openblas_set_num_threads(Int32(count)) }

  /// OpenBLAS's own description of its build, its processor kernel included.
  public static var configuration: String {
    guard let text = openblas_get_config() else { return "unknown" }
    return String(cString: text)
  }

  /// The processor kernel OpenBLAS chose at load time; results depend on it in their last bits.
  public static var kernel: String {
    guard let text = openblas_get_corename() else { return "unknown" }
    return String(cString: text)
  }
}
