internal import FoundationEssentials

/// A record as one line of a run's `log.jsonl`.
extension Trainer.StepRecord {
  /// The line with its end: one JSON object, its keys sorted.
  package func line() throws -> [UInt8] { try Trainer.encoded(self) + [10] }

  /// Reads a line; the end of the line may be missing. `nil` where the line is not a whole record.
  package init?(line: some Sequence<UInt8>) {
    guard let record = try? JSONDecoder().decode(Self.self, from: Data(line)) else { return nil }
    self = record
  }
}
