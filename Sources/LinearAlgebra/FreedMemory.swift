internal import CSuiteSparse

/// What the C library does with memory that is given back.
public enum FreedMemory {
  /// Keeps freed memory with the process from now on, for work that asks for the same megabytes again and again: to map and clear
  /// them anew takes as long as the arithmetic that they are for.
  ///
  /// The corresponding C function is `mallopt`. Blocks above 32 MiB still go back.
  public static func keep() { _ = kept }

  private static let kept: Bool = {
    mallopt(Int32(M_MMAP_THRESHOLD), 32 << 20) == 1
      && mallopt(Int32(M_TRIM_THRESHOLD), 1 << 30) == 1
  }()
}
