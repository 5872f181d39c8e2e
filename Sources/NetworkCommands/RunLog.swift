import DesignNetworks
internal import Files
import FoundationEssentials
import Glibc

/// Appends records to a run's `log.jsonl`.
final class RunLog {
  private let path: String
  private let file: UnsafeMutablePointer<FILE>
  private let encoder = JSONEncoder()

  /// Opens the log, which then holds the given records and nothing else.
  init(_ path: String, holding records: [Trainer.StepRecord]) throws {
    self.path = path
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var lines: [UInt8] = []
    for record in records { lines += try Self.line(record, encoder) }
    try AtomicFile.write(lines, to: path)
    guard let file = fopen(path, "ae") else {
      throw FileFault(path: path, action: "write", reason: String(cString: strerror(errno)))
    }
    self.file = file
  }

  deinit { fclose(file) }

  /// Appends a record; it is in the file when the call comes back, though not yet on the disk.
  func append(_ record: Trainer.StepRecord) throws {
    let line = try Self.line(record, encoder)
    guard fwrite(line, 1, line.count, file) == line.count, fflush(file) == 0 else {
      throw FileFault(path: path, action: "write", reason: String(cString: strerror(errno)))
    }
  }

  private static func line(_ record: Trainer.StepRecord, _ encoder: JSONEncoder) throws -> [UInt8] {
    Array(try encoder.encode(record)) + [10]
  }
}
