internal import Glibc

/// Writes all bytes to an open file.
///
/// The corresponding C function is `write`.
///
/// - Returns: The system's error number; 0 where all bytes were taken.
public func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  var count = 0
  while count < bytes.count {
    let written = bytes.withUnsafeBytes {
      Glibc.write(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
    }
    if written < 0 && errno == EINTR { continue }
    guard written > 0 else { return errno }
    count += written
  }
  return 0
}
