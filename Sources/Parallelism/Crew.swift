internal import Dispatch
internal import Glibc
internal import Synchronization

/// Threads that share many short loops in a row and stay awake in between.
///
/// A loop costs about a microsecond to share, where ``WorkerPool/forEach(_:_:)`` wakes its threads in some tens. They are
/// gathered once for work of milliseconds:
///
/// ```swift
/// Crew.gathered { crew in
///   crew.forEach(chunkCount) { chunk in … }
///   crew.forEach(partCount) { part in … }
/// }
/// ```
///
/// Results never depend on how many there are: what a loop does for two indices must not touch the same memory. One thread at a time,
/// the one that gathered the crew, starts loops; a loop inside a loop is an error.
public final class Crew: @unchecked Sendable {
  /// Threads at most, the caller's among them.
  public let threadCount: Int
  /// The loop's number (24 bits), its count (20) and the next index to be taken (20): one word, so that who takes an index knows that it is of
  /// the loop at hand.
  private let ticket = Atomic<UInt64>(0)
  private let doneCount = Atomic<Int>(0)
  private let isOver = Atomic<Bool>(false)
  private let helperCount = Atomic<Int>(0)
  // Written between loops, when nobody can hold an index.
  private var body: (@Sendable (Int) -> Void)?

  private init(threadCount: Int) { self.threadCount = threadCount }

  /// The calling thread alone.
  public static let alone = Crew(threadCount: 1)

  /// Gathers ``WorkerPool/threadCount`` threads for as long as `body` runs, on the calling thread; helpers join as they come.
  public static func gathered<Result, Failure: Error>(
    _ body: (Crew) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let threads = WorkerPool.threadCount
    guard threads > 1, WorkerPool.hasRoom(forThreads: threads - 1) else { return try body(.alone) }
    let crew = Crew(threadCount: threads)
    for _ in 1..<threads { DispatchQueue.global().async { crew.help() } }
    // A helper that has not begun will find that all is over; nobody waits for it.
    defer {
      crew.isOver.store(true, ordering: .sequentiallyConsistent)
      crew.wait { crew.helperCount.load(ordering: .sequentiallyConsistent) == 0 }
    }
    return try body(crew)
  }

  /// Runs `body` once for every index below `count`, on all threads; returns when all are done.
  public func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard threadCount > 1, count > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    precondition(count < 1 << 20, "a loop of \(count)")
    precondition(self.body == nil, "a crew's loop inside another")
    withoutActuallyEscaping(body) { body in
      self.body = body
      doneCount.store(0, ordering: .relaxed)
      let number = (ticket.load(ordering: .relaxed) >> 40 + 1) & 0xFF_FFFF
      ticket.store(number << 40 | UInt64(count) << 20, ordering: .releasing)
      while takeOne() {}
      wait { doneCount.load(ordering: .acquiring) == count }
      self.body = nil
    }
  }

  /// Does what the loop at hand has for one index, if there is one left.
  private func takeOne() -> Bool {
    var now = ticket.load(ordering: .acquiring)
    while now & 0xFFFFF < now >> 20 & 0xFFFFF {
      let (isTaken, other) = ticket.weakCompareExchange(
        expected: now, desired: now + 1, ordering: .acquiringAndReleasing)
      guard isTaken else {
        now = other
        continue
      }
      body?(Int(now & 0xFFFFF))
      doneCount.wrappingAdd(1, ordering: .releasing)
      return true
    }
    return false
  }

  private func help() {
    helperCount.wrappingAdd(1, ordering: .sequentiallyConsistent)
    defer { helperCount.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
    wait {
      while takeOne() {}
      return isOver.load(ordering: .sequentiallyConsistent)
    }
  }

  /// Asks again and again, and lets others run where it takes longer.
  private func wait(_ isDone: () -> Bool) {
    var askedCount = 0
    while !isDone() {
      askedCount += 1
      if askedCount > 100_000 { sched_yield() }
    }
  }
}
