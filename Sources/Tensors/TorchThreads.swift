internal import CTorch

/// The threads that libtorch computes with.
package enum TorchThreads {
  /// Sets how many threads work inside one operation, for every thread that calls; one until this is called.
  ///
  /// Results depend on it in their last bits, and on nothing else about threads: several Swift threads may call at once, each
  /// with operations of this many threads. Parts of a batch on as many Swift threads as there are cores, one thread inside
  /// each operation, are faster than one batch with more threads inside, most of all beside other work (Docs/Decisions/0012).
  /// OpenBLAS is left one thread of its own.
  ///
  /// - Precondition: `count` is at least 1.
  package static func set(perOperation count: Int) {
    precondition(count >= 1, "an operation has at least one thread, found \(count)")
    Crossing.check(gct_set_threads(Int32(clamping: count)))
  }

  /// How many threads work inside one operation.
  package static var perOperation: Int {
    var count: Int32 = 0
    Crossing.check(gct_threads(&count))
    return Int(count)
  }
}
