import Parallelism
import Synchronization

private let oneAtATime = Mutex(())

/// Runs `body` with the given number of threads; calls wait for one another, the setting being global.
public func onThreads<Result>(_ count: Int, _ body: () throws -> Result) rethrows -> Result {
  try oneAtATime.withLock { _ in
    let before = WorkerPool.threadCount
    defer { WorkerPool.threadCount = before }
    WorkerPool.threadCount = count
    return try body()
  }
}
