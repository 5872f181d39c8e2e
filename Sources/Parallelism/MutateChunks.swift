extension Array where Element: Sendable {
  /// Lets `body` change consecutive chunks of the array, several at a time.
  ///
  /// The chunks depend on `length` alone, never on the number of threads: the same input gives the same
  /// bits on one core and on many.
  ///
  /// - Parameters:
  ///   - length: Elements per chunk; the last chunk may be shorter.
  ///   - body: Receives the place of the chunk's first element and the chunk.
  /// - Complexity: O(*n* / threads) calls of `body`'s work.
  public mutating func mutateChunksInParallel(
    ofLength length: Int,
    _ body: @Sendable (_ start: Int, _ chunk: inout MutableSpan<Element>) -> Void
  ) {
    precondition(length > 0, "chunks of length \(length)")
    let count = self.count
    withUnsafeMutableBufferPointer { buffer in
      // Disjoint chunks of one buffer: no two calls see the same element.
      nonisolated(unsafe) let base = buffer
      WorkerPool.forEach((count + length - 1) / length) { chunk in
        let start = chunk * length
        let slice = UnsafeMutableBufferPointer(
          rebasing: base[start..<Swift.min(start + length, count)])
        var span = slice.mutableSpan
        body(start, &span)
      }
    }
  }
}
