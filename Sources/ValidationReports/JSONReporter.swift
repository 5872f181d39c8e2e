package import DesignValidation
package import FoundationEssentials

/// Writes the result of a run as JSON, with sorted keys: the same parts give the same bytes.
package struct JSONReporter: RunReporter {
  let write: (Data) throws -> Void

  /// A report that hands over its bytes once, at the end.
  package init(write: @escaping (Data) throws -> Void) { self.write = write }

  /// Hands over the JSON; the timings are not in it.
  package func runEnded(_ result: RunResult, timings: RunTimings) throws {
    try write(try Self.data(of: result))
  }

  /// The JSON of a result.
  package static func data(of result: RunResult) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(result) + Data([UInt8(ascii: "\n")])
  }

  /// The result that JSON of this version holds.
  package static func result(from data: Data) throws -> RunResult {
    struct Head: Decodable { var schemaVersion: Int }
    let head = try JSONDecoder().decode(Head.self, from: data)
    guard head.schemaVersion == RunResult.currentSchema else {
      throw ReportFault(
        "the result has schema version \(head.schemaVersion), this program reads "
          + "\(RunResult.currentSchema)")
    }
    return try JSONDecoder().decode(RunResult.self, from: data)
  }
}

/// Why a report cannot be written or read.
package struct ReportFault: Error, CustomStringConvertible, Equatable {
  /// The sentence.
  package var description: String

  /// A fault in one sentence.
  package init(_ description: String) { self.description = description }
}
