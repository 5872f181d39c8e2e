internal import Dispatch
internal import Glibc
internal import Synchronization

/// How many threads our parallel loops use; results never depend on it.
public enum WorkerPool {
  private static let requested = Atomic<Int>(0)

  /// Threads per parallel loop: the processors this process may run on, unless set.
  public static var threadCount: Int {
    get {
      let count = requested.load(ordering: .relaxed)
      return count > 0 ? count : availableProcessorCount
    }
    set { requested.store(max(1, newValue), ordering: .relaxed) }
  }

  /// Processors this process may run on.
  public static let availableProcessorCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// Runs `body` once for every index below `count`, on ``threadCount`` threads.
  ///
  /// The order is not defined: what `body` does for two indices must not touch the same memory.
  public static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    let threads = min(threadCount, count)
    guard threads > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    let next = Counter()
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let index = next.take()
        if index >= count { return }
        body(index)
      }
    }
  }
}

/// A number handed out once.
private final class Counter: Sendable {
  private let value = Atomic<Int>(0)
  func take() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
