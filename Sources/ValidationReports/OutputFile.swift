public import FoundationEssentials
import Glibc

/// Writing that leaves the old file or the new one, never half of one.
public enum OutputFile {
  /// Writes a file beside its place, syncs it and moves it there.
  public static func replace(_ path: String, with data: Data) throws {
    let temporary = "\(path).\(getpid()).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.fault("'\(path)' cannot be written") }
    do {
      try write(data, to: descriptor, name: path)
      guard fsync(descriptor) == 0 else { throw fault("'\(path)' cannot be written") }
      close(descriptor)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let fault = fault("'\(path)' cannot be written")
      unlink(temporary)
      throw fault
    }
  }

  /// Writes all bytes to an open file.
  public static func write(_ data: Data, to descriptor: Int32, name: String) throws {
    let bytes = Array(data)
    var count = 0
    while count < bytes.count {
      let written = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw fault("'\(name)' cannot be written") }
      count += written
    }
  }

  private static func fault(_ problem: String) -> ReportFault {
    ReportFault("\(problem): \(String(cString: strerror(errno)))")
  }
}
