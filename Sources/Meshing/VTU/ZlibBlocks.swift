internal import CZlib

/// Bytes compressed by zlib in blocks of one size, as VTK lays them out.
struct ZlibBlocks {
  /// The number of blocks, their size, the size of the last one if it is smaller, and what each takes
  /// compressed, in bytes.
  private(set) var header: [UInt64]
  /// The compressed blocks, one after the other.
  private(set) var data: [UInt8] = []

  /// Bytes per block before compression: small enough for a viewer's buffers, large enough for the ratio.
  static let blockSize = 1 << 18

  /// Compresses at zlib's fastest level; doubles hardly shrink further at higher ones.
  ///
  /// The corresponding C function is `compress2`.
  init(compressing bytes: UnsafeRawBufferPointer) {
    let size = Self.blockSize
    let blockCount = (bytes.count + size - 1) / size
    header = [UInt64(blockCount), UInt64(size), UInt64(bytes.count % size)]
    header.reserveCapacity(3 + blockCount)
    let bound = Int(compressBound(UInt(size)))
    for block in 0..<blockCount {
      let source = UnsafeRawBufferPointer(
        rebasing: bytes[block * size..<min((block + 1) * size, bytes.count)])
      let compressed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, filled in
        var length = UInt(bound)
        let status = compress2(
          buffer.baseAddress, &length, source.bindMemory(to: UInt8.self).baseAddress,
          UInt(source.count), Z_BEST_SPEED)
        // The buffer holds zlib's bound, so only lack of memory is left to fail.
        precondition(status == Z_OK, "zlib has no memory for a block of \(source.count) bytes")
        filled = Int(length)
      }
      header.append(UInt64(compressed.count))
      data += compressed
    }
  }
}
