import DesignNetworks
internal import Files
import Glibc

/// Appends records to a run's `log.jsonl`.
final class RunLog {
  private let path: String
  private let file: UnsafeMutablePointer<FILE>

  /// Opens the log, which then holds the given records and nothing else.
  init(_ path: String, holding records: [Trainer.StepRecord]) throws {
    self.path = path
    try AtomicFile.write(try records.flatMap { try $0.line() }, to: path)
    guard let file = fopen(path, "ae") else {
      throw FileFault(path: path, action: "write", reason: String(cString: strerror(errno)))
    }
    self.file = file
  }

  deinit { fclose(file) }

  /// Appends a record; it is in the file when the call comes back, though not yet on the disk.
  func append(_ record: Trainer.StepRecord) throws {
    let line = try record.line()
    guard fwrite(line, 1, line.count, file) == line.count, fflush(file) == 0 else {
      throw FileFault(path: path, action: "write", reason: String(cString: strerror(errno)))
    }
  }
}
