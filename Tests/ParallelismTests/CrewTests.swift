import Parallelism
import Synchronization
import Testing

@Suite("Crews", .serialized) struct CrewTests {
  @Test("do every index of every loop once, whatever the threads", arguments: [1, 2, 5])
  func everyIndex(threads: Int) {
    let before = WorkerPool.threadCount
    defer { WorkerPool.threadCount = before }
    WorkerPool.threadCount = threads
    let counts = Mutex([Int](repeating: 0, count: 40))
    let loops = Crew.gathered { crew in
      for count in 0..<2000 {
        crew.forEach(count % 40) { index in counts.withLock { $0[index] += 1 } }
      }
      return 2000
    }
    #expect(loops == 2000)
    // Fifty rounds; index i is in the loops of more than i.
    #expect(counts.withLock { $0 } == (0..<40).map { 50 * (39 - $0) })
  }

  @Test("gathers on the calling thread") @MainActor func caller() {
    #expect(Crew.gathered { _ in MainActor.assumeIsolated { true } })
  }

  private struct Stopped: Error {}

  @Test("end with what their work throws", arguments: [1, 3])
  func errors(threads: Int) {
    let before = WorkerPool.threadCount
    defer { WorkerPool.threadCount = before }
    WorkerPool.threadCount = threads
    #expect(throws: Stopped.self) {
      try Crew.gathered { (_) throws(Stopped) -> Int in throw Stopped() }
    }
  }
}
