internal import Glibc

/// Zeroed memory on huge pages where the system has them, owned.
///
/// A pass over a factor of tens of megabytes would spend much of its time on address translation with small pages.
struct AlignedMemory: ~Copyable {
  let base: UnsafeMutableRawPointer
  let byteCount: Int

  /// Starts on a boundary of 64 bytes at least, of 2 MiB for large pieces.
  init(byteCount: Int) {
    let hugePage = 2 << 20
    let isLarge = byteCount >= hugePage
    let alignment = isLarge ? hugePage : 64
    let size = max(alignment, (byteCount + alignment - 1) / alignment * alignment)
    var memory: UnsafeMutableRawPointer?
    let status = posix_memalign(&memory, alignment, size)
    guard status == 0, let memory else {
      preconditionFailure("no memory for \(size) bytes of interleaved matrices")
    }
    if isLarge { madvise(memory, size, Int32(MADV_HUGEPAGE)) }
    memset(memory, 0, size)
    base = memory
    self.byteCount = size
  }

  deinit { free(base) }

  /// The memory as numbers, from a place counted in vectors of eight.
  func vectors<Scalar>(of type: Scalar.Type, at vector: Int = 0) -> UnsafeMutablePointer<Scalar> {
    base.assumingMemoryBound(to: Scalar.self).advanced(by: vector * BatchSolver.laneCount)
  }
}
