internal import COpenBLAS
internal import Parallelism

/// The threads OpenBLAS uses inside one factorization.
public enum BLASThreads {
  /// Gives OpenBLAS as many threads as our own loops use.
  static func configure() { openblas_set_num_threads(Int32(WorkerPool.threadCount)) }

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
