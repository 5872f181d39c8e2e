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
    guard threads > 1, hasRoom(forThreads: threads - 1) else {
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

  /// Whether the process is under a limit on addresses: libraries that take a work space for every thread may
  /// wait for it without end.
  public static var isAddressSpaceLimited: Bool { limit(RLIMIT_AS) != unlimited }

  private static let unlimited = ~rlim_t(0)

  private static func limit(_ kind: __rlimit_resource) -> rlim_t {
    var limits = rlimit()
    let isKnown = getrlimit(__rlimit_resource_t(kind.rawValue), &limits) == 0
    return isKnown ? limits.rlim_cur : unlimited
  }

  /// Whether the stacks of more threads fit under the process's limit on addresses, where it has one.
  ///
  /// Dispatch waits without end for a thread that it cannot make.
  static func hasRoom(forThreads count: Int) -> Bool {
    guard isAddressSpaceLimited else { return true }
    // What glibc gives a thread: the limit on stacks, two mebibytes where there is none; and a page or two.
    let stack = limit(RLIMIT_STACK)
    let size = count * (Int(stack == unlimited ? 2 << 20 : min(stack, 1 << 30)) + (1 << 16))
    guard let probe = mmap(nil, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      probe != MAP_FAILED
    else { return false }
    munmap(probe, size)
    return true
  }
}

/// A number handed out once.
private final class Counter: Sendable {
  private let value = Atomic<Int>(0)
  func take() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
