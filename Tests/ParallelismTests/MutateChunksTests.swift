import Parallelism
import Testing

@Suite("Parallel chunks", .serialized) struct MutateChunksTests {
  @Test("every element is visited once, whatever the threads", arguments: [1, 2, 5])
  func visitsAll(threads: Int) {
    let before = WorkerPool.threadCount
    defer { WorkerPool.threadCount = before }
    WorkerPool.threadCount = threads
    var counts = [Int](repeating: 0, count: 1003)
    counts.mutateChunksInParallel(ofLength: 10) { start, chunk in
      for offset in chunk.indices { chunk[offset] += start + offset + 1 }
    }
    #expect(counts == Array(1...1003))
  }
}
