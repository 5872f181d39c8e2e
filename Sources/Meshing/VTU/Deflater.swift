internal import CZlib

/// One compressor of zlib, used for one block after the other.
///
/// Its quarter of a megabyte is taken once: a small file has a dozen arrays, and to take and clear it for each would cost
/// more than to compress them.
struct Deflater: ~Copyable {
  // zlib's own state points back to the stream, which must therefore not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// A compressor at zlib's fastest level; doubles hardly shrink further at higher ones.
  ///
  /// The corresponding C function is `deflateInit_`.
  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = deflateInit_(
      stream, Z_BEST_SPEED, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    // The version is that of the header we are built with, so only lack of memory is left to fail.
    precondition(status == Z_OK, "zlib cannot start: status \(status)")
  }

  deinit {
    deflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// A block compressed for itself, as `compress2` does.
  ///
  /// The corresponding C functions are `deflateReset` and `deflate`.
  borrowing func compressed(_ source: UnsafeRawBufferPointer) -> [UInt8] {
    let bound = Int(compressBound(UInt(source.count)))
    return [UInt8](unsafeUninitializedCapacity: bound) { buffer, filled in
      deflateReset(stream)
      // zlib takes a mutable pointer and does not write through it.
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: source.bindMemory(to: UInt8.self).baseAddress)
      stream.pointee.avail_in = UInt32(source.count)
      stream.pointee.next_out = buffer.baseAddress
      stream.pointee.avail_out = UInt32(bound)
      let status = deflate(stream, Z_FINISH)
      precondition(status == Z_STREAM_END, "\(source.count) bytes outgrow zlib's bound of \(bound)")
      filled = bound - Int(stream.pointee.avail_out)
    }
  }
}
