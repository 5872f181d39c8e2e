/// What a worker answers: the result of a part, and beside it the seconds that the stages took.
///
/// In JSON the seconds are one more key of the result, so that a worker may leave them out.
package struct PartAnswer: Codable, Sendable {
  /// What became of the part.
  package var result: PartResult
  /// Seconds on the clock by stage, over all models.
  package var stageSeconds: [String: Double] = [:]

  private enum CodingKeys: CodingKey { case stageSeconds }

  /// A result whose stages took no time.
  package init(result: PartResult) { self.result = result }

  /// Reads the result and the seconds, if they are there.
  package init(from decoder: any Decoder) throws {
    result = try PartResult(from: decoder)
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    stageSeconds = try keys.decodeIfPresent([String: Double].self, forKey: .stageSeconds) ?? [:]
  }

  /// Writes the keys of the result and the seconds.
  package func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(stageSeconds, forKey: .stageSeconds)
  }
}
