internal import CTorch

/// The threads that libtorch computes with.
public enum TorchThreads {
  /// Sets how many threads work inside one operation, for every thread that calls.
  ///
  /// Results depend on it in their last bits, and on nothing else about threads: several Swift threads may call at once, each
  /// with operations of this many threads. OpenBLAS is left one thread of its own (Docs/Decisions/0010).
  ///
  /// - Precondition: `count` is at least 1.
  public static func set(perOperation count: Int) {
    precondition(count >= 1, "an operation has at least one thread, found \(count)")
    Crossing.check(gct_set_threads(Int32(clamping: count)))
  }

  /// How many threads work inside one operation; where nobody has set it, what libtorch finds right for the machine.
  public static var perOperation: Int {
    var count: Int32 = 0
    Crossing.check(gct_threads(&count))
    return Int(count)
  }
}
