internal import Files
internal import Glibc

/// The one owner of an open file.
final class FileDescriptor: Sendable {
  /// Bytes of the file when it was opened.
  let size: Int
  private let number: Int32

  /// Opens a regular file for reading; folders, pipes and devices are refused.
  init(reading path: String) throws(FileFault) {
    // O_NONBLOCK: opening a pipe nobody writes to must not wait.
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else {
      throw FileFault(path: path, action: "read", reason: String(cString: strerror(errno)))
    }
    var status = stat()
    guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(number)
      throw FileFault(path: path, action: "read", reason: "this is not a regular file")
    }
    self.number = number
    size = Int(status.st_size)
  }

  deinit { close(number) }

  /// The bytes of a range of the file. The corresponding C function is `pread`.
  func bytes(_ range: Range<Int>, of path: String) throws(InputFault) -> [UInt8] {
    try values(at: range.lowerBound, count: range.count, of: path)
  }

  /// Numbers as they lie in the file from some byte on.
  func values<Scalar: BitwiseCopyable>(
    at start: Int, count: Int, of path: String
  ) throws(InputFault) -> [Scalar] {
    let byteCount = count * MemoryLayout<Scalar>.size
    var read = 0
    var failure: Int32 = 0
    let values = [Scalar](unsafeUninitializedCapacity: count) { buffer, filled in
      let place = UnsafeMutableRawBufferPointer(buffer)
      while read < byteCount {
        let part = pread(
          number, place.baseAddress.map { $0 + read }, byteCount - read, off_t(start + read))
        if part < 0 && errno == EINTR { continue }
        if part < 0 { failure = errno }
        guard part > 0 else { break }
        read += part
      }
      filled = read == byteCount ? count : 0
    }
    guard read == byteCount else {
      let reason = failure == 0 ? "it became shorter" : String(cString: strerror(failure))
      throw InputFault(
        at: .init(file: path, byte: start + read), "the file cannot be read: \(reason)")
    }
    return values
  }
}
