/// Bytes compressed by zlib in blocks of one size, as VTK lays them out.
struct ZlibBlocks {
  /// The number of blocks, their size, the size of the last one if it is smaller, and what each takes
  /// compressed, in bytes.
  private(set) var header: [UInt64]
  /// The compressed blocks, one after the other.
  private(set) var data: [UInt8] = []

  /// Bytes per block before compression: small enough for a viewer's buffers, large enough for the ratio.
  static let blockSize = 1 << 18

  /// Compresses bytes, each block for itself.
  init(compressing bytes: UnsafeRawBufferPointer, by deflater: borrowing Deflater) {
    let size = Self.blockSize
    let blockCount = (bytes.count + size - 1) / size
    header = [UInt64(blockCount), UInt64(size), UInt64(bytes.count % size)]
    header.reserveCapacity(3 + blockCount)
    for block in 0..<blockCount {
      let compressed = deflater.compressed(
        UnsafeRawBufferPointer(
          rebasing: bytes[block * size..<min((block + 1) * size, bytes.count)]))
      header.append(UInt64(compressed.count))
      data += compressed
    }
  }
}
